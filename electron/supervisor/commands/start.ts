// `start`: adds or updates processes and brings them up. What runs unchanged is left alone.
import type { CommandHandlers } from '../../../shared/contract/commands.ts';
import type { ProcessSpec } from '../../../shared/contract/spec.ts';
import { refreshClusters } from '../cluster/settings.ts';
import type { Engine } from '../engine.ts';
import type { Instance } from '../lifecycle/instance.ts';
import type { LifeEvent } from '../lifecycle/life.ts';
import { applySpec, checkSpecs, type KeptInstance } from '../registry/apply-spec.ts';
import { specDifference } from '../registry/spec-difference.ts';
import { removeInstances } from './bring-down.ts';
import { bringUp } from './bring-up.ts';
import { deed, type Deed } from './outcomes.ts';

interface Plan {
  readonly deed: Deed;
  readonly event: LifeEvent | null;
}

export function startCommand(engine: Engine): CommandHandlers['start'] {
  return async ({ specs, environment, wait }, context) => {
    checkSpecs(engine, specs);
    await engine.clusters.check(specs);
    const hash = engine.environments.add(environment ?? (await engine.options.environment()));
    const plans: Plan[] = [];
    const removed: Instance[] = [];
    for (const spec of specs) {
      const step = planStart(engine, spec, hash);
      plans.push(...step.plans);
      removed.push(...step.removed);
    }
    await removeInstances(engine, removed, context);
    await refreshClusters(engine, specs.map((spec) => spec.name));
    const act = (): void => {
      for (const { deed, event } of plans) if (event !== null && deed.instance.desired === 'up') deed.instance.dispatch(event);
    };
    return bringUp(engine, plans.map((plan) => plan.deed), act, wait, context);
  };
}

function planStart(engine: Engine, spec: ProcessSpec, environment: string): { readonly plans: readonly Plan[]; readonly removed: readonly Instance[] } {
  const { kept, added, removed } = applySpec(engine, spec, environment);
  const plans = [
    ...kept.map((instance) => planKept(engine, instance, environment)),
    ...added.map((instance) => ({ deed: deed(instance, 'started'), event: { type: 'start' } as const })),
  ];
  for (const { deed } of plans) deed.instance.desired = 'up';
  return { plans, removed };
}

function planKept(engine: Engine, { instance, before, recovered }: KeptInstance, environment: string): Plan {
  const { changed, needsRestart } = specDifference(before, instance.spec);
  const runs = instance.desired === 'up' && !['stopped', 'exited', 'errored', 'backoff'].includes(instance.life.state);
  // It was about to leave, and cannot take traffic again: the next run of it can.
  if (instance.draining) return { deed: deed(instance, 'started', '', changed), event: { type: 'restart' } };
  if (!runs || needsRestart || recovered) engine.inherited.set(instance, environment);
  if (!runs) return { deed: deed(instance, 'started', '', changed), event: { type: 'start' } };
  if (needsRestart) return { deed: deed(instance, 'restarted', '', changed), event: { type: 'restart' } };
  if (recovered) return { deed: deed(instance, 'updated', 'its definition is known again'), event: null };
  return { deed: deed(instance, changed.length > 0 ? 'updated' : 'unchanged', '', changed), event: null };
}
