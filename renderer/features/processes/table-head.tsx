// The titles of the columns: what the table is ordered by, and all of it chosen at once.
import { useEffect, useRef } from 'react';
import { columns, type Column } from './columns.ts';
import classes from './processes-table.module.css';
import { descendingFirst, type SortKey, type TableSort } from './table-sort.ts';

interface TableHeadProps {
  readonly sort: TableSort;
  readonly onSort: (sort: TableSort) => void;
  readonly selected: 'none' | 'some' | 'all';
  readonly onSelectAll: (all: boolean) => void;
}

export function TableHead({ sort, onSort, selected, onSelectAll }: TableHeadProps) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current !== null) box.current.indeterminate = selected === 'some';
  }, [selected]);
  const order = (key: SortKey) => (): void => onSort({ key, descending: sort.key === key ? !sort.descending : descendingFirst.has(key) });

  return (
    <div role="rowgroup" className={classes['head']}>
      <div role="row" aria-rowindex={1} className={classes['line']}>
        <div role="columnheader" className={`${classes['cell']} ${classes['check']}`}>
          <input ref={box} type="checkbox" checked={selected === 'all'} aria-label="Select all" onChange={() => onSelectAll(selected !== 'all')} />
        </div>
        {columns.map((column) => (
          <div key={column.key} role="columnheader" className={cellClass(column)} aria-sort={ariaSort(column, sort)}>
            {column.sort === null ? (
              <span className={classes['title']}>{column.title}</span>
            ) : (
              <button
                type="button"
                className={classes['sorter']}
                title={column.hint}
                data-sorted={column.sort === sort.key ? (sort.descending ? 'descending' : 'ascending') : undefined}
                onClick={order(column.sort)}
              >
                {column.title}
                <svg className={classes['arrow']} viewBox="0 0 10 10" aria-hidden>
                  <path d="M5 8.5v-7M2 4.5l3-3 3 3" fill="none" stroke="currentColor" strokeWidth={1.6} strokeLinecap="round" strokeLinejoin="round" />
                </svg>
              </button>
            )}
          </div>
        ))}
      </div>
    </div>
  );
}

function cellClass({ figures, room, key }: Column): string {
  const parts = [classes['cell']];
  if (figures || key === 'actions') parts.push(classes['figures']);
  if (room !== 'any') parts.push(classes[room]);
  return parts.join(' ');
}

function ariaSort(column: Column, sort: TableSort): 'ascending' | 'descending' | undefined {
  if (column.sort !== sort.key) return undefined;
  return sort.descending ? 'descending' : 'ascending';
}
