// The instances of a process with what the balancer and `describe` know of each. Pure.
import type { ProcessDescription, ProcessSnapshot } from '../../../shared/contract/process.ts';
import type { ClusterInstance, ClusterReport } from '../../../shared/contract/reports.ts';
import type { ProcessState } from '../../../shared/model/process-state.ts';

export interface InstanceRow {
  readonly key: string;
  readonly instance: number;
  readonly state: ProcessState;
  readonly pid: number | null;
  /** null: the second child of an instance during a reload; the list knows the other one. */
  readonly snapshot: ProcessSnapshot | null;
  readonly description: ProcessDescription | null;
  readonly figures: ClusterInstance | null;
}

export function instanceRows(
  instances: readonly ProcessSnapshot[],
  descriptions: ReadonlyMap<number, ProcessDescription>,
  cluster: ClusterReport | null,
): readonly InstanceRow[] {
  const byId = new Map<number, readonly ClusterInstance[]>();
  for (const one of cluster?.instances ?? []) byId.set(one.id, [...(byId.get(one.id) ?? []), one]);
  return instances.flatMap((snapshot): readonly InstanceRow[] => {
    const known = byId.get(snapshot.id) ?? [];
    const own = known.find(({ pid }) => pid === snapshot.pid) ?? (known.length === 1 ? known[0] : undefined);
    const row: InstanceRow = {
      key: String(snapshot.id),
      instance: snapshot.instance,
      state: snapshot.state,
      pid: snapshot.pid,
      snapshot,
      description: descriptions.get(snapshot.id) ?? null,
      figures: own ?? null,
    };
    const beside = known.filter((one) => one !== own && one.pid !== null);
    return [row, ...beside.map((figures): InstanceRow => besideRow(figures))];
  });
}

function besideRow(figures: ClusterInstance): InstanceRow {
  const { id, instance, state, pid } = figures;
  return { key: `${id}/${pid ?? ''}`, instance, state, pid, snapshot: null, description: null, figures };
}

/** Weights are worth a column only where they differ or are gone by. */
export function showsWeights({ strategy, instances }: ClusterReport): boolean {
  return strategy === 'weighted' || instances.some(({ weight }) => weight !== 1);
}
