// A service that runs although the list was lost that named it. It is kept, shown, stopped and deleted like any other; what it was
// started with is not known, so it is never started again before `start` has brought its definition back.
import { balancerDefaults, type ProcessSpec } from '../../shared/contract/spec.ts';
import { Failure } from '../../shared/model/failure.ts';
import { parseHostId, type ShimChild } from '../../shared/model/shim-protocol.ts';
import { commandLineOf } from '../platform/process-identity.ts';
import type { Engine } from './engine.ts';
import type { Instance } from './lifecycle/instance.ts';

export const definitionLost = 'its definition was lost with the state file';

/** Puts a child that the list does not name into it. undefined when it has ended, or stands beside one that is known. */
export function recoverInstance(engine: Engine, child: ShimChild): Instance | undefined {
  const place = parseHostId(child.id);
  const known = place === null ? undefined : engine.list.get(place.name);
  if (place === null || child.exit !== null || known?.instances.some((one) => one.instance === place.instance) === true) return undefined;
  const { name, instance, seat } = place;
  const spec = known?.spec ?? visibleSpec(name, child.pid);
  const managed = known ?? { spec, scaled: null, recovered: true, instances: [] };
  if (managed.recovered === true) managed.spec = { ...managed.spec, instances: Math.max(managed.spec.instances, instance + 1) };
  const seed = { id: engine.nextId++, desired: 'up', run: child.run, restarts: 0, life: { state: 'stopped' }, seat } as const;
  const environment = known?.instances[0];
  const recovered = engine.createInstance(managed.spec, instance, seed, environment === undefined ? engine.environments.add({}) : (engine.inherited.get(environment) ?? ''));
  managed.instances.push(recovered);
  managed.instances.sort((a, b) => a.instance - b.instance);
  for (const one of managed.instances) one.spec = managed.spec;
  engine.list.set(name, managed);
  engine.notice(`${recovered.key} (pid ${child.pid}) runs and is not in the list that could be read: it is kept. tspm start <its config> brings its definition back without a restart`);
  return recovered;
}

/** Throws a Failure when one of these processes has no definition to start it with. */
export function refuseRecovered(engine: Engine, names: readonly string[]): void {
  const lost = names.filter((name) => engine.list.get(name)?.recovered === true);
  if (lost.length > 0) throw new Failure('failed', `${lost.join(', ')}: ${definitionLost}. Bring it back with tspm start <its config>; what runs goes on meanwhile. Nothing was changed.`);
}

/** As much of a definition as can be seen from outside. */
function visibleSpec(name: string, pid: number): ProcessSpec {
  const [command = '(unknown)', ...args] = commandLineOf(pid);
  return {
    name,
    namespace: 'default',
    group: null,
    instances: 1,
    command,
    args,
    script: null,
    interpreter: null,
    cwd: '/',
    env: {},
    port: null,
    host: '127.0.0.1',
    balancer: { mode: 'none', ...balancerDefaults },
    instanceWeight: 1,
    instanceVar: 'NODE_APP_INSTANCE',
    drainTimeoutMs: 30_000,
    waitReady: false,
    dependsOn: [],
    autorestart: false,
    maxRestarts: 0,
    minUptimeMs: 0,
    readyTimeoutMs: 30_000,
    restartDelayMs: 1000,
    maxRestartDelayMs: 1000,
    restartBackoff: 1,
    stopExitCodes: [],
    killSignal: 'SIGTERM',
    killTimeoutMs: 5000,
    logs: { format: 'plain', out: null, err: null, merge: false, maxSizeBytes: 10 << 20, maxFiles: 5, maxAgeMs: null, compress: false },
    pidFile: null,
    source: { kind: 'program', request: { target: command, args, cwd: '/' } },
  };
}
