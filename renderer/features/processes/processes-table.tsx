// The live table: a treegrid with one stop of the Tab key, of which only the lines in sight are drawn.
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import { useLocation } from 'wouter';
import { processPath } from '../../format/paths.ts';
import type { ProcessGroup } from '../../state/process-groups.ts';
import { ProcessRow, rowId } from './process-row.tsx';
import classes from './processes-table.module.css';
import { openRowMenu } from './row-menu-state.ts';
import { extendTo, nothingSelected, selectAll, toggle, type Selection } from './selection.ts';
import { TableHead } from './table-head.tsx';
import { tableKey } from './table-keys.ts';
import { tableRows, type TableRow } from './table-rows.ts';
import type { TableSort } from './table-sort.ts';
import { tablePlace, useKept } from './table-place.ts';
import { useTableOrder } from './use-table-order.ts';
import { remToPx, useWindow } from './use-window.ts';

interface ProcessesTableProps {
  /** Those that the filter lets through. */
  readonly groups: readonly ProcessGroup[];
  readonly sort: TableSort;
  readonly onSort: (sort: TableSort) => void;
  readonly selection: Selection;
  readonly onSelect: (change: (selection: Selection) => Selection) => void;
}

const lineRem = 2.5;

export function ProcessesTable({ groups, sort, onSort, selection, onSelect }: ProcessesTableProps) {
  const [, navigate] = useLocation();
  const scroller = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const [unfolded, setUnfolded] = useKept(tablePlace.unfolded);
  const [activeKey, setActiveKey] = useKept(tablePlace.activeKey);
  const [lineHeight] = useState(() => remToPx(lineRem));

  const ordered = useTableOrder(groups, sort, body);
  const rows = useMemo(() => tableRows(ordered, unfolded), [ordered, unfolded]);
  const names = useMemo(() => ordered.map(({ name }) => name), [ordered]);
  const { from, to } = useWindow(scroller, rows.length, lineHeight);
  const active = Math.max(0, rows.findIndex(({ key }) => key === activeKey));

  useLayoutEffect(() => {
    const scrolled = scroller.current;
    if (scrolled === null) return undefined;
    scrolled.scrollTop = tablePlace.scrollTop.getState();
    // Whoever comes back is where they were.
    if (tablePlace.activeKey.getState() !== null && document.activeElement === document.body) scrolled.focus({ preventScroll: true });
    return () => tablePlace.scrollTop.set(scrolled.scrollTop);
  }, []);

  const latestNames = useRef(names);
  useEffect(() => {
    latestNames.current = names;
  }, [names]);
  const fold = useCallback((name: string): void => {
    setActiveKey(name);
    setUnfolded((current) => toggled(current, name));
  }, []);
  const check = useCallback(
    (name: string, range: boolean): void => {
      setActiveKey(name);
      onSelect((current) => (range ? extendTo(current, name, latestNames.current) : toggle(current, name)));
    },
    [onSelect],
  );

  const go = (index: number, extend: boolean): void => {
    const row = rows[index];
    if (row === undefined) return;
    const before = rows[active];
    setActiveKey(row.key);
    scrollTo(scroller.current, index, lineHeight);
    if (extend) onSelect((current) => extendTo(current.anchor === null ? { ...current, anchor: before?.group.name ?? null } : current, row.group.name, names));
  };

  const pressed = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.target !== event.currentTarget) return;
    const page = Math.max(1, Math.floor(event.currentTarget.clientHeight / lineHeight) - 2);
    const what = tableKey(event, { rows, active, unfolded, page });
    if (what === null) return;
    event.preventDefault();
    if (what.do === 'go') go(what.to, what.extend);
    else if (what.do === 'select-all') onSelect(() => selectAll(names));
    else if (what.do === 'select-none') onSelect(() => nothingSelected);
    else if (what.do === 'toggle') onSelect((current) => toggle(current, what.row.group.name));
    else if (what.do === 'open') {
      setActiveKey(what.row.key);
      navigate(processPath(what.row.group.name));
    }
    else if (what.do === 'fold') fold(what.row.group.name);
    else menuFor(what.row, event.currentTarget);
  };

  const clicked = (event: MouseEvent<HTMLDivElement>): void => {
    const row = rowOf(event, rows);
    if (row === null || (event.target instanceof Element && event.target.closest('a, button, input') !== null)) return;
    setActiveKey(row.key);
    if (event.shiftKey) onSelect((current) => extendTo(current, row.group.name, names));
    else if (event.ctrlKey || event.metaKey) onSelect((current) => toggle(current, row.group.name));
  };

  const contextMenu = (event: MouseEvent<HTMLDivElement>): void => {
    const row = rowOf(event, rows);
    if (row === null || event.shiftKey) return;
    event.preventDefault();
    setActiveKey(row.key);
    openRowMenu({ ...targetOf(row), opener: scroller.current, at: { x: event.clientX, y: event.clientY } });
  };

  return (
    <div
      ref={scroller}
      role="treegrid"
      tabIndex={0}
      className={classes['table']}
      aria-label="Processes"
      aria-multiselectable
      aria-rowcount={rows.length + 1}
      aria-activedescendant={active >= from && active < to && rows[active] !== undefined ? rowId(rows[active].key) : undefined}
      onKeyDown={pressed}
    >
      <TableHead
        sort={sort}
        onSort={onSort}
        selected={selection.names.size === 0 ? 'none' : selection.names.size === names.length ? 'all' : 'some'}
        onSelectAll={(all) => onSelect(() => (all ? selectAll(names) : nothingSelected))}
      />
      <div
        ref={body}
        role="rowgroup"
        style={{ height: rows.length * lineHeight, paddingTop: from * lineHeight, boxSizing: 'border-box' }}
        onClick={clicked}
        onDoubleClick={(event) => {
          const row = rowOf(event, rows);
          if (row !== null && event.target instanceof Element && event.target.closest('a, button, input') === null) navigate(processPath(row.group.name));
        }}
        onContextMenu={contextMenu}
      >
        {rows.slice(from, to).map((row, index) => (
          <ProcessRow
            key={row.key}
            row={row}
            position={from + index + 2}
            selected={selection.names.has(row.group.name)}
            active={from + index === active}
            unfolded={unfolded.has(row.group.name)}
            fold={fold}
            check={check}
          />
        ))}
      </div>
    </div>
  );
}

function toggled(set: ReadonlySet<string>, value: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(value)) next.add(value);
  return next;
}

function targetOf(row: TableRow): { readonly name: string; readonly instance: number | null } {
  return { name: row.group.name, instance: row.kind === 'instance' ? row.instance.instance : null };
}

function menuFor(row: TableRow, table: HTMLElement): void {
  const box = document.querySelector(`#${CSS.escape(rowId(row.key))}`)?.getBoundingClientRect();
  if (box !== undefined) openRowMenu({ ...targetOf(row), opener: table, at: { x: box.right - 16, y: box.bottom } });
}

function rowOf(event: MouseEvent, rows: readonly TableRow[]): TableRow | null {
  const key = event.target instanceof Element ? event.target.closest('[data-key]')?.getAttribute('data-key') : null;
  return rows.find((row) => row.key === key) ?? null;
}

/** The titles lie over the first line, so to speak: they stick to the top. */
function scrollTo(element: HTMLElement | null, index: number, lineHeight: number): void {
  if (element === null) return;
  const top = index * lineHeight;
  if (top < element.scrollTop) element.scrollTop = top;
  else if (top + 2 * lineHeight > element.scrollTop + element.clientHeight) element.scrollTop = top + 2 * lineHeight - element.clientHeight;
}
