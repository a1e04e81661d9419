// `restart`: the config and environment of now, down in reverse dependency order, up again in order.
import type { CommandContext, CommandHandlers } from '../../../shared/contract/commands.ts';
import { refreshClusters } from '../cluster/settings.ts';
import type { Engine } from '../engine.ts';
import type { Instance } from '../lifecycle/instance.ts';
import { callerEnvironment, type CallerEnvironment } from '../registry/caller-environment.ts';
import { refreshSpecs } from '../registry/refresh-specs.ts';
import { specDifference } from '../registry/spec-difference.ts';
import { select } from '../registry/selectors.ts';
import { downLevels, removeInstances } from './bring-down.ts';
import { bringUp } from './bring-up.ts';
import { deed, overtaken, type Deed } from './outcomes.ts';
import { settle } from './settle.ts';

export function restartCommand(engine: Engine): CommandHandlers['restart'] {
  return async ({ selectors, environment, wait }, context) => {
    const { deeds, want } = await prepareRestart(engine, selectors, callerEnvironment(engine, environment), 'restarted', context);
    const wanted = new Set(deeds.map((one) => one.instance).filter((one) => engine.isSeated(one) && !one.draining && want(one)));
    const act = (): Promise<void> => restartInOrder(engine, [...wanted]);
    return bringUp(engine, deeds.map((one) => (wanted.has(one.instance) ? one : overtaken(one.instance))), act, wait, context);
  };
}

export interface PreparedRestart {
  readonly deeds: readonly Deed[];
  /** Makes the caller's wish that of an instance: up, with the environment of now. False, and nothing is changed, when it was stopped since. */
  readonly want: (instance: Instance) => boolean;
}

/** Reads the definitions again, adds and removes instances, and says what changed. What runs is not touched yet. */
export async function prepareRestart(
  engine: Engine,
  selectors: readonly string[],
  caller: CallerEnvironment,
  action: 'restarted' | 'reloaded',
  context: CommandContext,
): Promise<PreparedRestart> {
  const chosen = select(engine.list.instances(), selectors);
  const wishes = new Map(chosen.map((one) => [one, one.desired]));
  const names = [...new Set(chosen.map((one) => one.spec.name))];
  const fresh = await refreshSpecs(engine, names, caller);
  await engine.clusters.check(fresh.specs);
  const before = new Map(chosen.map((one) => [one, one.current]));
  const applied = fresh.apply();
  const removed = applied.flatMap((one) => one.removed);
  await removeInstances(engine, removed, context);
  await refreshClusters(engine, names);
  const added = applied.flatMap((one) => one.added);
  const instances = [...chosen.filter((one) => !removed.includes(one)), ...added];
  const deeds = instances.map((one) => {
    const begins = added.includes(one) || (one.child === null && one.desired === 'down');
    const { changed } = specDifference(before.get(one) ?? one.spec, one.spec);
    return deed(one, begins ? 'started' : action, fresh.remark(one.spec.name), changed);
  });
  const want = (instance: Instance): boolean => {
    if (wishes.get(instance) === 'up' && instance.desired === 'down') return false;
    instance.desired = 'up';
    caller.give(instance);
    return true;
  };
  return { deeds, want };
}

/** Dependents leave first; what they depend on is held back from satisfying them until it has been restarted itself. */
async function restartInOrder(engine: Engine, instances: readonly Instance[]): Promise<void> {
  const levels = downLevels(engine, instances);
  if (levels.length <= 1) {
    for (const instance of instances) instance.dispatch({ type: 'restart' });
    return;
  }
  for (const instance of instances) engine.held.add(instance.spec.name);
  const ignore = { progress: () => undefined, signal: new AbortController().signal };
  const hasLeft = ({ life }: Instance) => (life.state === 'stopping' ? null : { ok: true, message: '' });
  for (const level of levels) {
    for (const instance of level) if (instance.desired === 'up') instance.dispatch({ type: 'restart' });
    await settle(engine, level, hasLeft, ignore);
    for (const instance of level) engine.held.delete(instance.spec.name);
    engine.queueRelease();
  }
}
