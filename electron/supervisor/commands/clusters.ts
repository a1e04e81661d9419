// `clusters`: what the data plane knows of each cluster, beside what the supervisor knows of its instances.
import type { CommandHandlers } from '../../../shared/contract/commands.ts';
import type { ClusterInstance, ClusterReport } from '../../../shared/contract/reports.ts';
import type { ClusterFigures, ClusterPlan, TargetFigures } from '../../../shared/model/balancing.ts';
import { clusterPlan, weightOf } from '../cluster/plan.ts';
import type { Engine } from '../engine.ts';
import type { Instance } from '../lifecycle/instance.ts';
import { select } from '../registry/selectors.ts';

export function clustersCommand(engine: Engine): CommandHandlers['clusters'] {
  return async ({ selectors }) => {
    const all = engine.list.instances();
    const chosen = selectors === undefined || selectors.length === 0 ? all : select(all, selectors);
    const names = [...new Set(chosen.map((one) => one.spec.name))];
    const plans = names.flatMap((name) => {
      const plan = clusterPlan(engine.list.get(name)?.spec ?? missing(name));
      return plan === null ? [] : [plan];
    });
    const figures = plans.length === 0 ? [] : await engine.host.figures(plans.map((plan) => plan.name));
    return plans.map((plan) => report(engine, plan, figures.find((one) => one.name === plan.name)));
  };
}

function report(engine: Engine, plan: ClusterPlan, figures: ClusterFigures | undefined): ClusterReport {
  const instances = engine
    .everyInstance()
    .filter((one) => one.spec.name === plan.name)
    .sort((a, b) => a.instance - b.instance || a.run - b.run);
  const { namespace, group } = engine.list.get(plan.name)?.spec ?? missing(plan.name);
  const requests = figures?.targets.reduce((sum, one) => sum + (one.requests ?? 0), 0) ?? 0;
  return {
    name: plan.name,
    namespace,
    group,
    mode: figures?.mode ?? plan.mode,
    strategy: figures?.strategy ?? plan.strategy,
    host: figures?.host ?? plan.host,
    port: figures?.port ?? plan.port,
    listening: figures !== undefined,
    waiting: figures?.waiting ?? 0,
    instances: instances.map((one) => row(one, figures?.targets.find((target) => target.id === one.hostId && target.run === one.run), requests)),
  };
}

function row(instance: Instance, target: TargetFigures | undefined, allRequests: number): ClusterInstance {
  const { id, life, pid, child, spec } = instance;
  const requests = target?.requests ?? null;
  return {
    id,
    instance: instance.instance,
    state: life.state,
    traffic: target?.state ?? 'none',
    pid,
    ownPort: child === null || child.ownPort === 0 ? null : child.ownPort,
    weight: weightOf(spec, instance.instance),
    open: target?.open ?? null,
    requests,
    share: requests === null || allRequests === 0 ? null : requests / allRequests,
    p50Ms: target?.p50Ms ?? null,
    p99Ms: target?.p99Ms ?? null,
    ejections: target?.ejections ?? 0,
    cut: target?.cut ?? 0,
  };
}

function missing(name: string): never {
  throw new Error(`${name} is not in the list`);
}
