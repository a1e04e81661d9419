// What the state file says of an engine; recovery.ts makes a list of it again.
import type { Notice } from '../../shared/contract/reports.ts';
import type { Instance } from './lifecycle/instance.ts';
import type { EnvironmentPool } from './registry/environment.ts';
import type { ProcessList } from './registry/process-list.ts';
import { statusVersion, type Status, type StoredInstance } from './state/status-file.ts';

/** More are not kept: the policy has given up long before, or is told never to. */
const maxFailures = 1000;

export interface Stated {
  readonly list: ProcessList;
  readonly nextId: number;
  readonly notices: readonly Notice[];
  readonly environments: EnvironmentPool;
  readonly inherited: ReadonlyMap<Instance, string>;
  readonly kept: object;
  readonly namedUntil: number | null;
}

export function takeStatus({ list, nextId, notices, environments, inherited, kept, namedUntil }: Stated): Status {
  const processes = list.processes().map(({ spec, scaled, recovered = false, kept: ofProcess, instances }) => ({
    ...ofProcess,
    spec,
    ...(recovered ? { recovered } : {}),
    ...(scaled === null ? {} : { scaled }),
    instances: instances.map((one) => storedInstance(one, inherited.get(one) ?? '')),
  }));
  return { ...kept, version: statusVersion, nextId, environments: environments.keep(new Set(inherited.values())), processes, notices, ...(namedUntil === null ? {} : { namedUntil }) };
}

function storedInstance(one: Instance, environment: string): StoredInstance {
  return {
    ...one.kept,
    id: one.id,
    instance: one.instance,
    ...(one.seat === 0 ? {} : { seat: one.seat }),
    desired: one.desired,
    run: one.run,
    restarts: one.restarts,
    environment,
    ...(one.current === one.spec ? {} : { applied: one.current }),
    history: { ...one.past, failures: one.past.failures.slice(-maxFailures) },
    settled: one.life.state === 'exited' || one.life.state === 'errored' ? one.life : null,
  };
}
