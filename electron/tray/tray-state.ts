// What the icon shows, and the words beside it.
import type { EngineView } from './engine-view.ts';
import { isUp, summarize, type ProcessSummary } from './process-summary.ts';

/** `idle`: nothing runs, and nothing shall. `gone`: the engine cannot be reached. */
export const trayStates = ['fine', 'busy', 'trouble', 'idle', 'gone'] as const;
export type TrayState = (typeof trayStates)[number];

export function trayState({ reachable, processes }: EngineView): TrayState {
  if (!reachable) return 'gone';
  if (processes.some(({ state }) => state === 'errored' || state === 'lost')) return 'trouble';
  if (processes.some(({ state }) => state === 'waiting' || state === 'starting' || state === 'stopping' || state === 'backoff')) return 'busy';
  return processes.some(isUp) ? 'fine' : 'idle';
}

/** `2 of 3 online, 1 errored`: of processes, not of their instances. */
export function countsText(view: EngineView): string {
  if (!view.reachable) return 'the engine cannot be reached';
  const all = summarize(view.processes);
  if (all.length === 0) return 'no processes';
  const online = all.filter(isOnline).length;
  const others = (['errored', 'lost', 'backoff'] as const).map((state) => ({ word: state === 'backoff' ? 'restarting' : state, count: all.filter((one) => one.state === state).length }));
  return [`${online} of ${all.length} online`, ...others.flatMap(({ word, count }) => (count === 0 ? [] : [`${count} ${word}`]))].join(', ');
}

function isOnline({ instances, online }: ProcessSummary): boolean {
  return online === instances;
}
