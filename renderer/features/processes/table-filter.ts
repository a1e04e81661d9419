// Which processes are shown. Pure.
import { stateTones, type Tone } from '../../components/state-looks.ts';
import { assertNever } from '../../../shared/model/assert-never.ts';
import type { ProcessGroup } from '../../state/process-groups.ts';

/** States as they are asked for: four questions instead of eight words. */
export const buckets = ['online', 'changing', 'failing', 'off'] as const;
export type Bucket = (typeof buckets)[number];

export interface TableFilter {
  readonly text: string;
  /** Empty: any. */
  readonly buckets: ReadonlySet<Bucket>;
  readonly place: Place | null;
}

export interface Place {
  readonly kind: 'namespace' | 'group';
  readonly name: string;
}

export const noFilter: TableFilter = { text: '', buckets: new Set(), place: null };

export function isFiltering({ text, buckets, place }: TableFilter): boolean {
  return text.trim() !== '' || buckets.size > 0 || place !== null;
}

export function bucketOf({ state }: Pick<ProcessGroup, 'state'>): Bucket {
  const tone: Tone = stateTones[state];
  switch (tone) {
    case 'good':
      return 'online';
    case 'busy':
      return 'changing';
    case 'warn':
    case 'bad':
      return 'failing';
    case 'idle':
      return 'off';
    default:
      return assertNever(tone);
  }
}

/** Every word has to be found somewhere. */
export function matchesFilter(group: ProcessGroup, filter: TableFilter): boolean {
  if (filter.buckets.size > 0 && !filter.buckets.has(bucketOf(group))) return false;
  if (filter.place !== null && group[filter.place.kind] !== filter.place.name) return false;
  const words = filter.text.toLowerCase().split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return true;
  const { port, pid } = group.instances[0];
  const searched = [group.name, group.namespace, group.group ?? '', group.state, group.reason, port ?? '', pid ?? ''].join('\n').toLowerCase();
  return words.every((word) => searched.includes(word));
}

export function placesOf(groups: Iterable<ProcessGroup>): { readonly namespaces: readonly string[]; readonly groups: readonly string[] } {
  const namespaces = new Set<string>();
  const names = new Set<string>();
  for (const { namespace, group } of groups) {
    namespaces.add(namespace);
    if (group !== null) names.add(group);
  }
  return { namespaces: [...namespaces].sort(), groups: [...names].sort() };
}

export function countBuckets(groups: Iterable<ProcessGroup>): Readonly<Record<Bucket, number>> {
  const counts: Record<Bucket, number> = { online: 0, changing: 0, failing: 0, off: 0 };
  for (const group of groups) counts[bucketOf(group)] += 1;
  return counts;
}
