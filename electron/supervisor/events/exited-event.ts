// Tells how a child ended and what comes of it, for people and for notifications.
import type { ProcessExited } from '../../../shared/contract/events.ts';
import type { Exited, Instance } from '../lifecycle/instance.ts';

export function exitedEvent(instance: Instance, { run, exit, cause, decision }: Exited): Omit<ProcessExited, 'at'> {
  const outlook = decision === null ? (instance.desired === 'up' ? 'restart' : 'stopped') : decision.next === 'backoff' ? 'restart' : decision.next;
  return {
    type: 'process.exited',
    id: instance.id,
    name: instance.spec.name,
    instance: instance.instance,
    run,
    exit,
    // Nobody minds a job that is done.
    expected: decision === null || decision.next === 'exited',
    cause,
    reason: decision?.reason ?? cause,
    outlook,
  };
}
