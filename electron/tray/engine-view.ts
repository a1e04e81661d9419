// What the tray knows of the engine: its processes, kept from the events, and whether it can be reached.
import type { EngineEvent, EngineSnapshot } from '../../shared/contract/events.ts';
import type { ProcessSnapshot } from '../../shared/contract/process.ts';

export interface EngineView {
  /** False while the engine cannot be reached; the processes are the last that were seen. */
  readonly reachable: boolean;
  /** Why it cannot be reached, where that is known for good; empty otherwise. */
  readonly reason: string;
  readonly processes: readonly ProcessSnapshot[];
}

export const unknownEngine: EngineView = { reachable: false, reason: '', processes: [] };

export function fromSnapshot({ processes }: EngineSnapshot): EngineView {
  return { reachable: true, reason: '', processes };
}

/** The same object when the event changes nothing of it. */
export function afterEvent(view: EngineView, event: EngineEvent): EngineView {
  switch (event.type) {
    case 'process.changed': {
      const { process } = event;
      const known = view.processes.some(({ id }) => id === process.id);
      return { ...view, processes: known ? view.processes.map((one) => (one.id === process.id ? process : one)) : [...view.processes, process] };
    }
    case 'process.removed':
      return { ...view, processes: view.processes.filter(({ id }) => id !== event.id) };
    default:
      return view;
  }
}
