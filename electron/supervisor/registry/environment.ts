// The environment of a child: inherited, then declared, then what TSPM says of the instance.
import { createHash } from 'node:crypto';
import type { ProcessSpec } from '../../../shared/contract/spec.ts';
import { homeMarker } from '../../platform/process-identity.ts';

export type Environment = Readonly<Record<string, string>>;

/** Inherited environments, each kept once, by the hash of its content. */
export class EnvironmentPool {
  private readonly pool: Map<string, Environment>;

  constructor(known: Readonly<Record<string, Environment>> = {}) {
    this.pool = new Map(Object.entries(known));
  }

  /** Takes the environment of a caller, without the mark that TSPM puts on its own children. */
  add(environment: Environment): string {
    const entries = Object.entries(environment).filter(([name]) => name !== homeMarker);
    entries.sort(([a], [b]) => (a < b ? -1 : 1));
    const hash = createHash('sha256').update(JSON.stringify(entries)).digest('hex').slice(0, 16);
    if (!this.pool.has(hash)) this.pool.set(hash, Object.fromEntries(entries));
    return hash;
  }

  get(hash: string): Environment {
    return this.pool.get(hash) ?? {};
  }

  /** Drops what nobody uses, and gives the rest for the state file. */
  keep(used: ReadonlySet<string>): Record<string, Record<string, string>> {
    for (const hash of this.pool.keys()) if (!used.has(hash)) this.pool.delete(hash);
    return Object.fromEntries([...this.pool].map(([hash, environment]) => [hash, { ...environment }]));
  }
}

/** The port of one instance: instance n of a process with a port listens on port + n. */
export function instancePort(spec: Pick<ProcessSpec, 'port'>, instance: number): number | null {
  return spec.port === null ? null : spec.port + instance;
}

/** NODE_APP_INSTANCE is PM2's name for the same thing, so that programs written for it work. */
export function childEnvironment(inherited: Environment, spec: ProcessSpec, instance: number): Record<string, string> {
  const port = instancePort(spec, instance);
  return {
    ...inherited,
    ...spec.env,
    ...(port === null ? {} : { PORT: String(port) }),
    TSPM_NAME: spec.name,
    TSPM_INSTANCE_ID: String(instance),
    NODE_APP_INSTANCE: String(instance),
  };
}
