// The end of a foreground session: stops what it started, and the engine with it when nobody else uses it.
import { isConnectionLost } from '../transport/http/unreachable.ts';
import type { Context } from './command.ts';
import { processKey } from './process-key.ts';
import { pause } from './pause.ts';
import { showProgress } from './progress.ts';
import { socketGone } from './socket-gone.ts';
import { hasEnded } from './watch-processes.ts';

const lastOutputMs = 200;
const goneTimeoutMs = 5000;

/** Throws `engine-unreachable` when no engine can be brought to stop them. */
export async function stopStarted({ engine, output }: Context, keys: readonly string[]): Promise<void> {
  const known = new Set((await engine.call('list', {})).map(processKey));
  // Somebody may have deleted some of them meanwhile.
  const selectors = keys.filter((key) => known.has(key));
  const stop = () => engine.call('stop', { selectors }, { onProgress: (progress) => showProgress(output, 'stopping', progress) });
  if (selectors.length > 0) {
    try {
      await stop();
    } catch (error) {
      if (!isConnectionLost(error)) throw error;
      // The engine was replaced in the middle of it; the new one finishes the work.
      await stop();
    }
  }
  output.progress('');
}

/**
 * Ends the engine when this program launched it and nothing runs in it any more. Returns when the last output of the
 * ended processes is in their logs: a shim writes it before it leaves, and soon after their end if it stays.
 */
export async function leaveEngine({ engine, paths }: Context): Promise<void> {
  const left = engine.launched ? await engine.callRunning('list', {}) : null;
  if (left === null || !left.every(hasEnded)) {
    await pause(lastOutputMs, new AbortController().signal);
    return;
  }
  await engine.callRunning('kill', {});
  await socketGone(paths.shimSocket, goneTimeoutMs);
}

/** SIGKILL for those that a person does not want to wait for. */
export async function killStarted({ engine }: Context, keys: readonly string[]): Promise<void> {
  if (keys.length > 0) await engine.callRunning('signal', { selectors: [...keys], signal: 'SIGKILL' });
}
