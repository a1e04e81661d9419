// One line per process: its instances together, by the state that asks for attention most.
import type { ProcessSnapshot } from '../../shared/contract/process.ts';
import type { ProcessState } from '../../shared/model/process-state.ts';

export interface ProcessSummary {
  readonly name: string;
  readonly namespace: string;
  readonly instances: number;
  readonly online: number;
  readonly state: ProcessState;
  /** Anything of it has a child, or shall have one. */
  readonly isUp: boolean;
  /** TSPM balances it, so that another number of instances makes sense. */
  readonly isCluster: boolean;
}

/** What a person wants to see first. */
const byAttention: readonly ProcessState[] = ['errored', 'lost', 'backoff', 'stopping', 'starting', 'waiting', 'online', 'exited', 'stopped'];

/** In the order of namespace and name. */
export function summarize(processes: readonly ProcessSnapshot[]): readonly ProcessSummary[] {
  const byName = new Map<string, ProcessSnapshot[]>();
  for (const one of processes) {
    const instances = byName.get(one.name);
    if (instances === undefined) byName.set(one.name, [one]);
    else instances.push(one);
  }
  return [...byName.values()].map(summaryOf).sort((a, b) => compare(a.namespace, b.namespace) || compare(a.name, b.name));
}

function summaryOf(instances: readonly ProcessSnapshot[]): ProcessSummary {
  const states = new Set(instances.map(({ state }) => state));
  return {
    name: instances[0]?.name ?? '',
    namespace: instances[0]?.namespace ?? '',
    instances: instances.length,
    online: instances.filter(({ state }) => state === 'online').length,
    state: byAttention.find((state) => states.has(state)) ?? 'stopped',
    isUp: instances.some(isUp),
    isCluster: instances.some(({ balancerMode }) => balancerMode !== null),
  };
}

/** It runs, or is about to. */
export function isUp({ pid, desired, state }: ProcessSnapshot): boolean {
  return pid !== null || (desired === 'up' && state !== 'exited' && state !== 'errored');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
