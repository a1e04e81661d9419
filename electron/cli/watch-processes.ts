// Tells when there is nothing left to look at in the foreground: the processes have ended, or the engine has.
import { Failure } from '../../shared/model/failure.ts';
import type { ProcessSnapshot } from '../../shared/contract/process.ts';
import type { Engine } from './engine.ts';
import { pause } from './pause.ts';
import { processKey } from './process-key.ts';

const lookAgainMs = 1000;
/** A supervisor that is replaced is back long before. */
const unreachableLimitMs = 10_000;

export type Ending = 'interrupted' | 'ended' | 'errored' | 'unreachable';

/** `ended`: none runs or will run again by itself. `errored`: the same, and the engine gave up on one of them. */
export async function watchProcesses(engine: Engine, keys: ReadonlySet<string>, signal: AbortSignal): Promise<Ending> {
  let reachedAt = performance.now();
  while (!signal.aborted) {
    const snapshots = await look(engine);
    if (snapshots !== null) {
      reachedAt = performance.now();
      const watched = snapshots.filter((snapshot) => keys.has(processKey(snapshot)));
      if (watched.every(hasEnded)) return watched.some(({ state }) => state === 'errored') ? 'errored' : 'ended';
    } else if (performance.now() - reachedAt > unreachableLimitMs) {
      return 'unreachable';
    }
    await pause(lookAgainMs, signal);
  }
  return 'interrupted';
}

export function hasEnded({ state, pid }: ProcessSnapshot): boolean {
  return pid === null && (state === 'stopped' || state === 'exited' || state === 'errored');
}

/** null when the engine does not answer: it may be replaced at this moment. */
async function look(engine: Engine): Promise<readonly ProcessSnapshot[] | null> {
  try {
    return await engine.callRunning('list', {});
  } catch (error) {
    if (error instanceof Failure && error.code === 'engine-unreachable') return null;
    throw error;
  }
}
