// Clusters for tests: the fixture servers as processes, and what the engine says of them.
import { fileURLToPath } from 'node:url';
import { balancerDefaults, type BalancerSpec, type ProcessSpec } from '../../../shared/contract/spec.ts';
import type { Outcome } from '../../../shared/contract/outcomes.ts';
import type { ClusterReport } from '../../../shared/contract/reports.ts';
import type { BalancerMode, BalancingStrategy } from '../../../shared/model/balancing.ts';
import type { EngineHome } from '../../helpers/engine-home.ts';
import { freePort } from '../../helpers/free-port.ts';
import { makeSpec } from '../../helpers/specs.ts';

export function fixture(name: string): string {
  return fileURLToPath(new URL(`../../fixtures/servers/${name}`, import.meta.url));
}

/** Those of the modes that this system has. */
export function available<Mode extends BalancerMode>(...modes: readonly Mode[]): readonly Mode[] {
  if (process.platform !== 'win32' || !modes.some((mode) => mode === 'shared')) return modes;
  console.log('shared mode is left out: Windows passes no listening sockets to children');
  return modes.filter((mode) => mode !== 'shared');
}

/** Settings of `restart` and `reload` are kept: the config they would be read from does not exist. */
const source = { kind: 'config', file: '/gone/tspm.yaml' } as const;

export interface ClusterOptions extends Partial<Omit<ProcessSpec, 'balancer'>> {
  readonly mode?: BalancerMode;
  readonly strategy?: BalancingStrategy;
  readonly balancer?: Partial<BalancerSpec>;
}

/** A process of two instances of a fixture server on a free port. */
export async function cluster(server: string, { mode = 'handoff', strategy = 'round-robin', balancer = {}, ...own }: ClusterOptions = {}): Promise<ProcessSpec & { readonly port: number }> {
  const port = own.port ?? (await freePort());
  return {
    ...makeSpec({ name: 'web', args: [fixture(server)], instances: 2, readyTimeoutMs: 10_000, minUptimeMs: 50, source, ...own }),
    port,
    balancer: { ...balancerDefaults, mode, strategy, ...balancer },
  };
}

/** What only the environment of these instances shall have. */
export function reload(home: EngineHome, name = 'web'): Promise<readonly Outcome[]> {
  return home.client.call('reload', { selectors: [name], environment: { PATH: process.env['PATH'] ?? '' }, wait: true });
}

export async function report(home: EngineHome, name = 'web'): Promise<ClusterReport> {
  const [found] = await home.client.call('clusters', { selectors: [name] });
  if (found === undefined) throw new Error(`there is no cluster ${name}`);
  return found;
}

export function actions(outcomes: readonly Outcome[]): readonly string[] {
  return outcomes.map((one) => `${one.name}:${one.instance} ${one.action}`);
}

/** Pids in the order of the instances. */
export async function pids(home: EngineHome): Promise<readonly (number | null)[]> {
  return (await home.list()).map((one) => one.pid);
}
