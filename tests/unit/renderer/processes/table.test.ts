import { describe, expect, it } from 'vitest';
import { extendTo, keepShown, nothingSelected, selectAll, toggle } from '../../../../renderer/features/processes/selection.ts';
import { bucketOf, countBuckets, isFiltering, matchesFilter, noFilter, placesOf } from '../../../../renderer/features/processes/table-filter.ts';
import { tableKey } from '../../../../renderer/features/processes/table-keys.ts';
import { tableRows } from '../../../../renderer/features/processes/table-rows.ts';
import { sortGroups, type SortKey } from '../../../../renderer/features/processes/table-sort.ts';
import { groupsOf, snapshot } from '../snapshots.ts';

const groups = groupsOf(
  snapshot({ id: 1, name: 'api', instance: 0, port: 3000, group: 'shop', startedAt: 1000 }),
  snapshot({ id: 2, name: 'api', instance: 1, port: 3000, group: 'shop', startedAt: 1000 }),
  snapshot({ id: 3, name: 'worker-10', state: 'errored', reason: 'exited with code 1', restarts: 9 }),
  snapshot({ id: 4, name: 'worker-9', state: 'stopped', namespace: 'data' }),
  snapshot({ id: 5, name: 'cache', state: 'starting', startedAt: 5000, port: 6379 }),
);

const shown = (filter: Partial<typeof noFilter>): readonly string[] => groups.filter((group) => matchesFilter(group, { ...noFilter, ...filter })).map(({ name }) => name);

describe('the filter', () => {
  it('finds every word anywhere', () => {
    expect(shown({ text: 'work' })).toEqual(['worker-10', 'worker-9']);
    expect(shown({ text: '  WORK code ' })).toEqual(['worker-10']);
    expect(shown({ text: '3000' })).toEqual(['api']);
    expect(shown({ text: 'nowhere' })).toEqual([]);
  });

  it('filters by state and by place', () => {
    expect(shown({ buckets: new Set(['failing', 'off']) })).toEqual(['worker-10', 'worker-9']);
    expect(shown({ place: { kind: 'group', name: 'shop' } })).toEqual(['api']);
    expect(shown({ place: { kind: 'namespace', name: 'data' } })).toEqual(['worker-9']);
  });

  it('counts and knows the places', () => {
    expect(countBuckets(groups)).toEqual({ online: 1, changing: 1, failing: 1, off: 1 });
    expect(placesOf(groups)).toEqual({ namespaces: ['data', 'default'], groups: ['shop'] });
    expect(bucketOf({ state: 'backoff' })).toBe('failing');
    expect([isFiltering(noFilter), isFiltering({ ...noFilter, text: ' ' }), isFiltering({ ...noFilter, text: 'a' })]).toEqual([false, false, true]);
  });
});

describe('the order', () => {
  const order = (key: SortKey, descending = false): readonly string[] =>
    sortGroups(groups, { key, descending }, new Map([['api', { cpuPercent: 5, memoryBytes: 50 }], ['cache', { cpuPercent: 9, memoryBytes: 10 }]])).map(({ name }) => name);

  it('counts as people do', () => {
    expect(order('name')).toEqual(['api', 'cache', 'worker-9', 'worker-10']);
    expect(order('name', true)).toEqual(['worker-10', 'worker-9', 'cache', 'api']);
  });

  it('begins with what needs somebody', () => {
    expect(order('state')).toEqual(['worker-10', 'cache', 'api', 'worker-9']);
  });

  it('has what lacks a value last, in both directions', () => {
    expect(order('cpu')).toEqual(['api', 'cache', 'worker-9', 'worker-10']);
    expect(order('cpu', true)).toEqual(['cache', 'api', 'worker-9', 'worker-10']);
    expect(order('port')).toEqual(['api', 'cache', 'worker-9', 'worker-10']);
    expect(order('uptime', true)).toEqual(['api', 'cache', 'worker-9', 'worker-10']);
    expect(order('place')).toEqual(['worker-9', 'api', 'cache', 'worker-10']);
  });
});

describe('the selection', () => {
  const names = ['a', 'b', 'c', 'd'];

  it('toggles, extends from the anchor in both directions, and takes all', () => {
    const one = toggle(nothingSelected, 'b');
    expect([...extendTo(one, 'd', names).names]).toEqual(['b', 'c', 'd']);
    expect([...extendTo(one, 'a', names).names].sort()).toEqual(['a', 'b']);
    expect(toggle(one, 'b').names.size).toBe(0);
    expect(selectAll(names).names.size).toBe(4);
  });

  it('loses what is not shown any more', () => {
    const all = selectAll(names);
    expect([...keepShown(all, ['b', 'c']).names]).toEqual(['b', 'c']);
    expect(keepShown(all, names)).toBe(all);
    expect([...extendTo(keepShown(toggle(nothingSelected, 'a'), ['b', 'c']), 'c', ['b', 'c']).names]).toEqual(['c']);
  });
});

describe('keys in the table', () => {
  const rows = tableRows(groups, new Set(['api']));
  const press = (key: string, active: number, more: { readonly shiftKey?: boolean; readonly ctrlKey?: boolean; readonly unfolded?: readonly string[] } = {}) =>
    tableKey({ key, ctrlKey: more.ctrlKey ?? false, metaKey: false, altKey: false, shiftKey: more.shiftKey ?? false }, { rows, active, unfolded: new Set(more.unfolded ?? ['api']), page: 3 });

  it('has a line for each process, and for instances of what is unfolded', () => {
    expect(rows.map(({ key }) => key)).toEqual(['api', 'api:0', 'api:1', 'worker-10', 'worker-9', 'cache']);
  });

  it('moves within the table', () => {
    expect(press('ArrowDown', 0)).toEqual({ do: 'go', to: 1, extend: false });
    expect(press('ArrowUp', 0)).toEqual({ do: 'go', to: 0, extend: false });
    expect(press('PageDown', 4, { shiftKey: true })).toEqual({ do: 'go', to: 5, extend: true });
    expect(press('End', 0)).toEqual({ do: 'go', to: 5, extend: false });
  });

  it('folds, unfolds, and goes from an instance to its process', () => {
    expect(press('ArrowLeft', 0)).toMatchObject({ do: 'fold' });
    expect(press('ArrowRight', 0)).toBeNull();
    expect(press('ArrowRight', 0, { unfolded: [] })).toMatchObject({ do: 'fold' });
    expect(press('ArrowLeft', 2)).toEqual({ do: 'go', to: 0, extend: false });
    expect(press('ArrowRight', 3)).toBeNull();
  });

  it('selects and opens, and leaves other keys to the browser', () => {
    expect(press(' ', 3)).toMatchObject({ do: 'toggle' });
    expect(press('Enter', 3)).toMatchObject({ do: 'open' });
    expect(press('a', 3, { ctrlKey: true })).toEqual({ do: 'select-all' });
    expect(press('Escape', 3)).toEqual({ do: 'select-none' });
    expect(press('F10', 3, { shiftKey: true })).toMatchObject({ do: 'menu' });
    expect([press('F10', 3), press('r', 3), press('r', 3, { ctrlKey: true })]).toEqual([null, null, null]);
  });
});
