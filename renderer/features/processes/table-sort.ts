// In which order processes are shown. Pure; equal ones are in the order of their names, so that an order is never arbitrary.
import type { ProcessState } from '../../../shared/model/process-state.ts';
import { assertNever } from '../../../shared/model/assert-never.ts';
import type { ProcessGroup } from '../../state/process-groups.ts';

export const sortKeys = ['name', 'state', 'uptime', 'restarts', 'cpu', 'memory', 'port', 'place'] as const;
export type SortKey = (typeof sortKeys)[number];

export interface TableSort {
  readonly key: SortKey;
  readonly descending: boolean;
}

/** Measurements by name as they were when the order was last looked at; they move too fast to order by them at every moment. */
export type SortUsage = ReadonlyMap<string, { readonly cpuPercent: number; readonly memoryBytes: number }>;

/** What needs somebody comes first. */
const stateOrder: readonly ProcessState[] = ['errored', 'lost', 'backoff', 'stopping', 'starting', 'waiting', 'online', 'exited', 'stopped'];

/** Where one looks for the largest first. */
export const descendingFirst: ReadonlySet<SortKey> = new Set(['uptime', 'restarts', 'cpu', 'memory']);

export function sortGroups(groups: readonly ProcessGroup[], { key, descending }: TableSort, usage: SortUsage): readonly ProcessGroup[] {
  const direction = descending ? -1 : 1;
  return [...groups].sort((a, b) => {
    const [left, right] = [valueOf(a, key, usage), valueOf(b, key, usage)];
    // What has no value is last in either direction.
    if (left === null || right === null) return left === right ? byName(a, b) : left === null ? 1 : -1;
    const difference = typeof left === 'string' || typeof right === 'string' ? collator.compare(String(left), String(right)) : left - right;
    return difference === 0 ? byName(a, b) : difference * direction;
  });
}

/** Where a process belongs; null when nobody said. */
export function placeOf({ group, namespace }: Pick<ProcessGroup, 'group' | 'namespace'>): string | null {
  return group ?? (namespace === defaultNamespace ? null : namespace);
}

const defaultNamespace = 'default';

function valueOf(group: ProcessGroup, key: SortKey, usage: SortUsage): string | number | null {
  switch (key) {
    case 'name':
      return group.name;
    case 'state':
      return stateOrder.indexOf(group.state);
    case 'uptime':
      return group.startedAt === null ? null : -group.startedAt;
    case 'restarts':
      return group.restarts;
    case 'cpu':
      return usage.get(group.name)?.cpuPercent ?? null;
    case 'memory':
      return usage.get(group.name)?.memoryBytes ?? null;
    case 'port':
      return group.instances[0].port;
    case 'place':
      return placeOf(group);
    default:
      return assertNever(key);
  }
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

function byName(a: ProcessGroup, b: ProcessGroup): number {
  return collator.compare(a.name, b.name);
}
