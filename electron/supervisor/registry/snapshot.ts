// What may be seen of an instance. No environment value ever gets in here.
import type { ProcessDescription, ProcessSnapshot } from '../../../shared/model/snapshot.ts';
import type { Engine } from '../engine.ts';
import type { Instance } from '../lifecycle/instance.ts';
import type { Usage } from '../metrics/sampler.ts';
import { instancePort } from './environment.ts';
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
    uptimeMs: child === null || child.pid === null ? 0 : Math.max(0, engine.options.clock.now() - child.startedAt),
    cpuPercent: usage?.cpuPercent ?? null,
    memoryBytes: usage?.memoryBytes ?? null,
    port: instancePort(spec, instance.instance),
    reason: reasonOf(engine, instance),
  };
}

export function description(engine: Engine, instance: Instance, usage?: Usage): ProcessDescription {
  const { current: spec, child } = instance;
  const target = logTarget(engine.options.paths, spec, instance.instance);
  return {
    ...snapshot(engine, instance, usage),
    run: instance.run,
    startedAt: child?.startedAt ?? null,
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
    case 'exited':
    case 'errored':
      return life.reason;
    case 'waiting': {
      const { on, state } = engine.dependencyState(spec);
      return state === 'impossible' ? `${on}, which it depends on, is not running` : on === '' ? '' : `waits for ${on}`;
    }
    case 'starting':
      return spec.port === null ? '' : `waits for port ${String(instancePort(spec, instance.instance))}`;
    case 'stopping':
      return life.cause === 'unready' ? 'did not become ready' : '';
    case 'stopped':
    case 'online':
      return '';
  }
}
