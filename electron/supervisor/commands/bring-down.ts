// Stops instances in reverse dependency order: whoever depends on something goes before it.
import type { CommandContext } from '../../../shared/contract/commands.ts';
import { drain } from '../cluster/retire.ts';
import type { Engine } from '../engine.ts';
import type { Instance } from '../lifecycle/instance.ts';
import { dropInstance } from '../registry/apply-spec.ts';
import { dependencyLevels } from '../registry/dependencies.ts';
import { endLost } from './end-lost.ts';
import { arrived, downJudge, settle, whenDown, type Verdict } from './settle.ts';

/** Instances in the order in which they go down; each level goes at once. */
export function downLevels(engine: Engine, instances: readonly Instance[]): readonly (readonly Instance[])[] {
  const names = new Set(instances.map((one) => one.spec.name));
  const specs = engine.list.processes().filter((one) => names.has(one.spec.name)).map((one) => one.spec);
  return dependencyLevels(specs)
    .map((level) => instances.filter((one) => level.includes(one.spec.name)))
    .reverse();
}

/** Once begun it goes on to the end, even if the caller has gone away: half a stop helps nobody.
 * A verdict that is not ok: a newer command wants the instance up, and it was left to that. */
export async function bringDown(engine: Engine, instances: readonly Instance[], context: Pick<CommandContext, 'progress'>): Promise<ReadonlyMap<Instance, Verdict>> {
  for (const instance of instances) instance.desired = 'down';
  // Whoever stands beside them in a reload goes too: what was replaced and still finishes what it has, and what was to replace them.
  const names = new Set(instances.map((one) => one.key));
  const beside = engine.everyInstance().filter((one) => names.has(one.key) && !engine.isSeated(one));
  for (const one of beside) {
    one.desired = 'down';
    one.dispatch({ type: 'stop' });
  }
  const saved = engine.store.save();
  // A full disk must not keep a service running: the failure is reported when all are down.
  saved.catch(() => undefined);
  const signal = new AbortController().signal;
  const verdicts = new Map<Instance, Verdict>();
  for (const level of downLevels(engine, instances)) {
    for (const instance of level) if (instance.desired === 'down') instance.dispatch({ type: 'stop' });
    for (const [instance, verdict] of await settle(engine, level, downJudge(engine), { progress: context.progress, signal })) verdicts.set(instance, verdict);
    for (const instance of await endLost(engine, level)) verdicts.set(instance, arrived);
  }
  for (const one of beside) await whenDown(engine, one);
  await saved;
  return verdicts;
}

/**
 * Takes instances out of the list for which the definition has no room any more: they finish what they have, and end. Gives how many
 * connections of each were ended by force. One that a newer command wants again is restarted, because it cannot take traffic again.
 */
export async function removeInstances(engine: Engine, removed: readonly Instance[], context: Pick<CommandContext, 'progress'>): Promise<ReadonlyMap<Instance, number>> {
  if (removed.length === 0) return new Map();
  const runs = new Map(removed.map((one) => [one, one.run]));
  const cuts = new Map(await Promise.all(removed.map(async (one) => [one, await drain(engine, one)] as const)));
  const leaving = removed.filter((one) => one.desired === 'down');
  for (const one of removed) if (one.desired === 'up' && one.run === runs.get(one) && one.life.state === 'online') one.dispatch({ type: 'restart' });
  await bringDown(engine, leaving, context);
  for (const instance of leaving) dropInstance(engine, instance);
  return cuts;
}
