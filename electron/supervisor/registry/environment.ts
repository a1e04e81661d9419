// The environment of a child: inherited, then declared, then what TSPM says of the instance.
import { createHash } from 'node:crypto';
import type { ProcessSpec } from '../../../shared/contract/spec.ts';
import { homeMarker, runAsNode } from '../../platform/process-identity.ts';

export type Environment = Readonly<Record<string, string>>;

const unusedKept = 32;

/** Inherited environments, each kept once, by the hash of its content. */
export class EnvironmentPool {
  private readonly pool: Map<string, Environment>;

  constructor(known: Readonly<Record<string, Environment>> = {}) {
    this.pool = new Map(Object.entries(known));
  }

  /** Takes the environment of a caller, without what TSPM puts there for its own children and programs. */
  add(environment: Environment): string {
    const entries = Object.entries(environment).filter(([name]) => name !== homeMarker && name !== runAsNode);
    entries.sort(([a], [b]) => (a < b ? -1 : 1));
    const hash = createHash('sha256').update(JSON.stringify(entries)).digest('hex').slice(0, 16);
    // The newest is last.
    this.pool.delete(hash);
    this.pool.set(hash, Object.fromEntries(entries));
    return hash;
  }

  /** Throws when the pool never held it: a child must not start with less than its caller had. */
  get(hash: string): Environment {
    const environment = this.pool.get(hash);
    if (environment === undefined) throw new Error(`the inherited environment ${hash} is not known`);
    return environment;
  }

  has(hash: string): boolean {
    return this.pool.has(hash);
  }

  /** What is used, for the state file. Of the rest the newest stay: a command at work may be about to use one. */
  keep(used: ReadonlySet<string>): Record<string, Record<string, string>> {
    const unused = [...this.pool.keys()].filter((hash) => !used.has(hash));
    for (const hash of unused.slice(0, -unusedKept)) this.pool.delete(hash);
    return Object.fromEntries([...this.pool].filter(([hash]) => used.has(hash)).map(([hash, environment]) => [hash, { ...environment }]));
  }
}

/**
 * What TSPM says of an instance comes last. `port` is the one for this instance. NODE_APP_INSTANCE is PM2's name for the number of an
 * instance, so that programs written for it work; `instanceVar` chooses another.
 */
export function childEnvironment(inherited: Environment, spec: ProcessSpec, instance: number, port: number | null): Record<string, string> {
  return {
    ...inherited,
    ...spec.env,
    ...(port === null ? {} : { PORT: String(port) }),
    TSPM_NAME: spec.name,
    TSPM_INSTANCE_ID: String(instance),
    [spec.instanceVar]: String(instance),
  };
}
