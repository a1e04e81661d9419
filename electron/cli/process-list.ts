// The process list, with or without an engine: where nothing runs and nothing shall run, none is started to say so.
import type { ProcessSnapshot } from '../../shared/contract/process.ts';
import type { Context } from './command.ts';

/** No selectors: all. Throws a Failure `nothing-matched` when a selector means nobody. */
export async function listProcesses({ engine, paths }: Context, selectors: readonly string[]): Promise<readonly ProcessSnapshot[]> {
  const input = selectors.length === 0 ? {} : { selectors: [...selectors] };
  const running = await engine.callRunning('list', input);
  if (running !== null) return running;
  // A shim holds services, whatever the saved list says: an engine has to look at them.
  const { accepts } = await import('../transport/launch.ts');
  if (await accepts(paths.shimSocket)) return engine.call('list', input);
  const { readSavedList } = await import('../supervisor/offline.ts');
  return (await readSavedList(paths.status, selectors)) ?? (await engine.call('list', input));
}
