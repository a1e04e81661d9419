// Stops instances in reverse dependency order: whoever depends on something goes before it.
import type { CommandContext } from '../../../shared/contract/commands.ts';
import type { Engine } from '../engine.ts';
import type { Instance } from '../lifecycle/instance.ts';
import { dependencyLevels } from '../registry/dependencies.ts';
import { downJudge, settle } from './settle.ts';

/** Instances in the order in which they go down; each level goes at once. */
export function downLevels(engine: Engine, instances: readonly Instance[]): readonly (readonly Instance[])[] {
  const names = new Set(instances.map((one) => one.spec.name));
  const specs = engine.list.processes().filter((one) => names.has(one.spec.name)).map((one) => one.spec);
  return dependencyLevels(specs)
    .map((level) => instances.filter((one) => level.includes(one.spec.name)))
    .reverse();
}

/** Once begun it goes on to the end, even if the caller has gone away: half a stop helps nobody. */
export async function bringDown(engine: Engine, instances: readonly Instance[], context: Pick<CommandContext, 'progress'>): Promise<void> {
  for (const instance of instances) instance.desired = 'down';
  const saved = engine.store.save();
  // A full disk must not keep a service running: the failure is reported when all are down.
  saved.catch(() => undefined);
  const signal = new AbortController().signal;
  for (const level of downLevels(engine, instances)) {
    for (const instance of level) instance.dispatch({ type: 'stop' });
    await settle(engine, level, downJudge, { progress: context.progress, signal });
  }
  await saved;
}
