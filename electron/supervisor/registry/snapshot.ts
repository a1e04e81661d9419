// What may be seen of an instance. No environment value ever gets in here.
import type { ProcessDescription, ProcessSnapshot } from '../../../shared/contract/process.ts';
import type { Clock } from '../../../shared/model/clock.ts';
import type { Engine } from '../engine.ts';
import type { Child } from '../lifecycle/child.ts';
import type { Instance } from '../lifecycle/instance.ts';
import { awaited, clusterPlan, publicPort, weightOf } from '../cluster/plan.ts';
import type { Usage } from '../metrics/sampler.ts';
import { logTarget, pidFilePath } from './instance-files.ts';

export function snapshot(engine: Engine, instance: Instance, usage?: Usage): ProcessSnapshot {
  const { current: spec, child, life } = instance;
  return {
    id: instance.id,
    name: spec.name,
    instance: instance.instance,
    namespace: spec.namespace,
    group: spec.group,
    state: life.state,
    desired: instance.desired,
    pid: instance.pid,
    restarts: instance.restarts,
    ...age(engine.options.clock, child),
    cpuPercent: usage?.cpuPercent ?? null,
    memoryBytes: usage?.memoryBytes ?? null,
    port: publicPort(spec, instance.instance),
    balancerMode: clusterPlan(spec)?.mode ?? null,
    reason: reasonOf(engine, instance),
  };
}

/** When the child began is told as the clock of now would have called it: somebody may have set it since. */
function age(clock: Clock, child: Child | null): Pick<ProcessSnapshot, 'startedAt' | 'uptimeMs'> {
  if (child === null || child.pid === null) return { startedAt: null, uptimeMs: 0 };
  const uptimeMs = Math.max(0, Math.round(clock.elapsed() - child.since));
  const setByMs = clock.now() - uptimeMs - child.startedAt;
  return { startedAt: child.startedAt + 1000 * Math.round(setByMs / 1000), uptimeMs };
}

export function description(engine: Engine, instance: Instance, usage?: Usage): ProcessDescription {
  const { current: spec, child } = instance;
  const plan = clusterPlan(spec);
  const target = logTarget(engine.options.paths, spec, instance.instance);
  return {
    ...snapshot(engine, instance, usage),
    run: instance.run,
    ownPort: child === null || child.ownPort === 0 ? null : child.ownPort,
    balancer: plan === null ? null : { mode: plan.mode, strategy: plan.strategy, host: plan.host, weight: weightOf(spec, instance.instance), drainTimeoutMs: spec.drainTimeoutMs },
    lastExit: instance.lastExit === null ? null : { code: instance.lastExit.code, signal: instance.lastExit.signal },
    command: spec.command,
    args: spec.args,
    cwd: spec.cwd,
    script: spec.script,
    interpreter: spec.interpreter,
    configFile: spec.source.kind === 'config' ? spec.source.file : null,
    pidFile: pidFilePath(engine.options.paths, spec, instance.instance),
    logFiles: { out: target.out, err: target.err },
    logFormat: target.format,
    dependsOn: spec.dependsOn.map((one) => one.name),
    autorestart: spec.autorestart,
    maxRestarts: spec.maxRestarts,
    killSignal: spec.killSignal,
    killTimeoutMs: spec.killTimeoutMs,
    lostLogBytes: instance.lostLog.bytes,
    lostLogLines: instance.lostLog.lines,
    envNames: Object.keys(spec.env).sort(),
  };
}

function reasonOf(engine: Engine, instance: Instance): string {
  const { life, spec } = instance;
  switch (life.state) {
    case 'backoff':
    case 'lost':
    case 'exited':
    case 'errored':
      return life.reason;
    case 'waiting': {
      const { on, state } = engine.dependencyState(spec);
      return state === 'impossible' ? `${on}, which it depends on, is not running` : on === '' ? '' : `waits for ${on}`;
    }
    case 'starting': {
      const what = awaited(instance.current, instance.instance, instance.child?.ownPort ?? 0);
      return what === '' ? '' : `waits for ${what}`;
    }
    case 'stopping':
      return life.cause === 'unready' ? 'did not become ready' : '';
    case 'online':
      return instance.draining ? 'drains: it gets nothing new and finishes what it has' : '';
    case 'stopped':
      return '';
  }
}
