// The process list of a home where nothing runs and nothing shall run: no engine is needed to show it.
import type { ProcessSnapshot } from '../../shared/contract/process.ts';
import { clusterPlan, publicPort } from './cluster/plan.ts';
import { select } from './registry/selectors.ts';
import { readStatus } from './state/read-status.ts';

/**
 * Null when some process shall be up, or the file is damaged: only an engine can say how it is. No selectors: all.
 * Throws a Failure when a selector matches nothing.
 */
export async function readSavedList(statusFile: string, selectors: readonly string[]): Promise<readonly ProcessSnapshot[] | null> {
  const { status, remarks } = await readStatus(statusFile);
  if (remarks.length > 0) return null;
  const saved = status.processes.flatMap(({ spec, instances }) => instances.map((one) => ({ ...one, spec })));
  if (saved.some((one) => one.desired === 'up')) return null;
  const chosen = selectors.length === 0 ? saved : select(saved, selectors);
  return chosen.map(({ id, instance, restarts, settled, spec }) => ({
    id,
    name: spec.name,
    instance,
    namespace: spec.namespace,
    group: spec.group,
    state: settled?.state ?? 'stopped',
    desired: 'down',
    pid: null,
    restarts,
    startedAt: null,
    uptimeMs: 0,
    cpuPercent: null,
    memoryBytes: null,
    port: publicPort(spec, instance),
    balancerMode: clusterPlan(spec)?.mode ?? null,
    reason: settled?.reason ?? '',
  }));
}
