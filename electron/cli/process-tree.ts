// Processes by namespace and group, each with its instances summed up.
import { processStates, type ProcessState } from '../../shared/model/process-state.ts';
import type { ProcessSnapshot } from '../../shared/contract/process.ts';

export interface NamespaceBranch {
  readonly namespace: string;
  readonly groups: readonly GroupBranch[];
}

export interface GroupBranch {
  /** null: processes without a group. */
  readonly group: string | null;
  readonly processes: readonly ProcessLeaf[];
}

export interface ProcessLeaf {
  readonly name: string;
  readonly instances: number;
  /** States that occur, and how many instances are in each. */
  readonly states: Readonly<Partial<Record<ProcessState, number>>>;
}

type Instance = Pick<ProcessSnapshot, 'id' | 'name' | 'namespace' | 'group' | 'state'>;

/** Everything in the order of ids, which is that of the config; processes without a group come after the groups. */
export function processTree(instances: readonly Instance[]): readonly NamespaceBranch[] {
  const ordered = [...instances].sort((a, b) => a.id - b.id);
  return [...groupBy(ordered, ({ namespace }) => namespace)].map(([namespace, members]) => {
    const groups = [...groupBy(members, ({ group }) => group)].map(([group, processes]) => ({ group, processes: leaves(processes) }));
    return { namespace, groups: [...groups.filter(({ group }) => group !== null), ...groups.filter(({ group }) => group === null)] };
  });
}

/** `4 online`, `1 online, 1 errored`. */
export function statesText(states: ProcessLeaf['states'], style: (text: string, state: ProcessState) => string = (text) => text): string {
  return processStates.flatMap((state) => (states[state] === undefined ? [] : [style(`${states[state]} ${state}`, state)])).join(', ');
}

function leaves(instances: readonly Instance[]): readonly ProcessLeaf[] {
  return [...groupBy(instances, ({ name }) => name)].map(([name, members]) => {
    const states: Partial<Record<ProcessState, number>> = {};
    for (const { state } of members) states[state] = (states[state] ?? 0) + 1;
    return { name, instances: members.length, states };
  });
}

function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): ReadonlyMap<Key, readonly Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const members = groups.get(key);
    if (members === undefined) groups.set(key, [item]);
    else members.push(item);
  }
  return groups;
}
