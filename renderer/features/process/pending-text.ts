// What is being done to a process, and how far it is. Pure.
import { actionWords } from '../../state/actions.ts';
import type { PendingCommand } from '../../state/command-runner.ts';

/** `Restarting…`, `Restarting 1 of 4…` */
export function pendingText({ action, progress }: PendingCommand): string {
  const { doing } = actionWords[action];
  return progress === null || progress.total < 2 ? `${doing}…` : `${doing} ${progress.done} of ${progress.total}…`;
}
