// What a shim sends after its welcome, sorted: answers to their questions, news to the engine. What a newer one sends of its own accord
// is for a newer supervisor, and left alone.
import type { FromShim } from '../../../shared/model/shim-protocol.ts';
import { ageWords } from './older-plane.ts';
import type { DataPlane, HostEvent } from './process-host.ts';
import type { Questions } from './questions.ts';

const hostEventTypes: ReadonlySet<string> = new Set(Object.keys({
  spawned: true,
  'spawn-failed': true,
  exited: true,
  announced: true,
  drained: true,
  'log-loss': true,
  'log-resumed': true,
} satisfies Record<HostEvent['type'], true>));

export interface IncomingPorts {
  readonly questions: Questions;
  readonly now: () => number;
  readonly onEvent: (event: HostEvent) => void;
  readonly onTrouble: (message: string) => void;
  /** The shim ends, and its services with it. */
  readonly onEnding: () => void;
}

export function takeMessage(message: FromShim, plane: DataPlane, ports: IncomingPorts): void {
  switch (message.type) {
    case 'welcome':
    case 'refused':
      return;
    case 'flushed':
    case 'cluster-answer':
    case 'successor-answer':
    case 'figures':
      ports.questions.answered(message);
      return;
    case 'ending':
      ports.onEnding();
      return;
    case 'not-understood':
      notUnderstood(message, plane, ports);
      return;
    default:
      if (hostEventTypes.has(message.type)) ports.onEvent(message);
  }
}

/** A shim of another version: what was asked of it fails, with its words. */
function notUnderstood({ what, request, id, run, message }: Extract<FromShim, { type: 'not-understood' }>, plane: DataPlane, { questions, now, onEvent, onTrouble }: IncomingPorts): void {
  const reason = `${ageWords(plane)}: ${message}; \`tspm upgrade\` replaces it`;
  if (request !== null) questions.refused(request, reason);
  else if (what === 'spawn' && id !== null && run !== null) onEvent({ type: 'spawn-failed', id, run, message: reason, at: now() });
  else onTrouble(reason);
}
