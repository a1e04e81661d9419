// Where a person was in the table, kept while other pages are looked at: what is filtered, sorted, chosen and unfolded.
import { useCallback, type SetStateAction } from 'react';
import { useStore } from 'zustand';
import { createValue } from '../../host/readable.ts';
import { nothingSelected, type Selection } from './selection.ts';
import { noFilter, type TableFilter } from './table-filter.ts';
import type { TableSort } from './table-sort.ts';

export const tablePlace = {
  filter: createValue<TableFilter>(noFilter),
  sort: createValue<TableSort>({ key: 'name', descending: false }),
  chosen: createValue<Selection>(nothingSelected),
  unfolded: createValue<ReadonlySet<string>>(new Set()),
  activeKey: createValue<string | null>(null),
  /** In px. */
  scrollTop: createValue(0),
} as const;

/** As `useState`, of a value that outlives the component. */
export function useKept<Value>(kept: ReturnType<typeof createValue<Value>>): readonly [Value, (action: SetStateAction<Value>) => void] {
  const value = useStore(kept);
  const change = useCallback((action: SetStateAction<Value>) => kept.set(isChange(action) ? action(kept.getState()) : action), [kept]);
  return [value, change];
}

function isChange<Value>(action: SetStateAction<Value>): action is (before: Value) => Value {
  return typeof action === 'function';
}
