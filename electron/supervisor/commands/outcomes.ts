// Puts what a command did into the words of the contract.
import type { Action, Outcome } from '../../../shared/contract/outcomes.ts';
import type { Engine } from '../engine.ts';
import type { Instance } from '../lifecycle/instance.ts';
import { logTarget } from '../registry/instance-files.ts';
import { snapshot } from '../registry/snapshot.ts';
import { lastLogLines } from './last-log-lines.ts';
import type { Verdict } from './settle.ts';

export interface Deed {
  readonly instance: Instance;
  readonly action: Action;
  readonly changed: readonly string[];
  readonly message: string;
}

export function deed(instance: Instance, action: Action, message = '', changed: readonly string[] = []): Deed {
  return { instance, action, changed, message };
}

export const overtakenReason = 'it was stopped or taken away meanwhile';

/** A newer command has the last word. */
export function overtaken(instance: Instance): Deed {
  return deed(instance, 'unchanged', overtakenReason);
}

/** Whoever did one of these hears when it is not on disk. */
const changesState: ReadonlySet<Action> = new Set<Action>(['started', 'restarted', 'updated', 'reloaded', 'stopped', 'deleted', 'reset']);

/** With a verdict that is not ok the deed has failed, and the last lines of output say more. */
export async function outcome(engine: Engine, done: Deed, verdict?: Verdict): Promise<Outcome> {
  const { instance } = done;
  const failed = verdict?.ok === false || done.action === 'failed';
  return {
    id: instance.id,
    name: instance.spec.name,
    instance: instance.instance,
    action: failed ? 'failed' : done.action,
    changed: done.changed,
    message: [done.message, verdict?.message ?? '', changesState.has(done.action) ? engine.unsaved : ''].filter((part) => part !== '').join('; '),
    lastLines: failed ? await lastLogLines(logTarget(engine.options.paths, instance.current, instance.instance)) : [],
    process: snapshot(engine, instance),
  };
}

export function outcomes(engine: Engine, deeds: readonly Deed[], verdicts?: ReadonlyMap<Instance, Verdict>): Promise<readonly Outcome[]> {
  return Promise.all(deeds.map((one) => outcome(engine, one, verdicts?.get(one.instance))));
}
