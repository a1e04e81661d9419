// The table's lines: a process, or an instance of a process that is unfolded. Pure.
import type { ProcessSnapshot } from '../../../shared/contract/process.ts';
import type { ProcessGroup } from '../../state/process-groups.ts';

export type TableRow =
  | { readonly kind: 'process'; readonly key: string; readonly group: ProcessGroup }
  | { readonly kind: 'instance'; readonly key: string; readonly group: ProcessGroup; readonly instance: ProcessSnapshot };

export function tableRows(groups: readonly ProcessGroup[], unfolded: ReadonlySet<string>): readonly TableRow[] {
  return groups.flatMap((group): readonly TableRow[] => {
    const own: TableRow = { kind: 'process', key: group.name, group };
    if (!isUnfoldable(group) || !unfolded.has(group.name)) return [own];
    return [own, ...group.instances.map((instance): TableRow => ({ kind: 'instance', key: `${group.name}:${instance.instance}`, group, instance }))];
  });
}

export function isUnfoldable({ instances }: ProcessGroup): boolean {
  return instances.length > 1;
}
