// A log on a page: its lines, what a reader can do with them, and whether they are still coming.
import { useCallback, useRef, useState, useSyncExternalStore } from 'react';
import { isThere, type LineSelection } from './line-selection.ts';
import { LogEmpty } from './log-empty.tsx';
import { LogMenu } from './log-menu.tsx';
import { LogPane, type PaneHandle } from './log-pane.tsx';
import { LogSearchField } from './log-search-field.tsx';
import { LogStatus, type LogFlow } from './log-status.tsx';
import type { LogStore } from './log-store.ts';
import { useLogOptions } from './log-options.ts';
import { useLogSearch } from './use-log-search.ts';
import { useSlashKey } from './use-slash-key.ts';
import classes from './log-view.module.css';

export interface LogViewProps {
  readonly store: LogStore;
  /** Of the process: for labels, and for the name of a download. */
  readonly name: string;
  /** Numbers of its instances. */
  readonly instances: readonly number[];
  readonly flow: LogFlow;
}

export function LogView({ store, name, instances, flow }: LogViewProps) {
  const state = useSyncExternalStore(store.subscribe, store.getState);
  const pane = useRef<PaneHandle>(null);
  const field = useRef<HTMLInputElement>(null);
  const [options, setOptions] = useLogOptions();
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const [selection, setSelection] = useState<LineSelection | null>(null);
  const search = useLogSearch(state.matches, pane);

  const open = useCallback((sequence: number) => setOpened((before) => toggled(before, sequence)), []);
  const find = (text: string): void => {
    search.forget();
    store.setSearch(text);
  };
  useSlashKey(field);
  const several = instances.length > 1;
  const marked = selection !== null && isThere(state.rows, selection) ? selection : null;

  return (
    <section
      className={classes.view}
      aria-label={`Log of ${name}`}
      onKeyDown={(event) => {
        if (event.key !== 'f' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        event.stopPropagation();
        field.current?.select();
      }}
    >
      <div className={classes.toolbar} role="group" aria-label="Search and view">
        <LogSearchField
          state={state}
          current={search.current}
          field={field}
          onSearch={find}
          onStep={search.step}
          onOnlyMatches={store.setOnlyMatches}
          onLeave={() => pane.current?.focus()}
        />
        <span className={classes.spring} />
        <LogMenu store={store} state={state} name={name} instances={instances} selection={marked} options={options} onOptions={setOptions} />
      </div>
      <LogPane
        handle={pane}
        label={`Lines of ${name}`}
        rows={state.rows}
        longest={state.longest}
        marks={state.marks}
        wrap={options.wrap}
        showTime={options.time && state.timed}
        showInstance={several}
        opened={options.fields ? 'all' : opened}
        current={search.current}
        selection={marked}
        onOpen={open}
        onSelect={setSelection}
      >
        {state.rows.count === 0 && <LogEmpty state={state} flow={flow} onShowAll={() => {
          showAll(store);
          pane.current?.focus();
        }} />}
      </LogPane>
      <LogStatus state={state} flow={flow} onResume={() => {
        store.setPaused(false);
        pane.current?.focus();
      }} />
    </section>
  );
}

function toggled(set: ReadonlySet<number>, sequence: number): ReadonlySet<number> {
  const next = new Set(set);
  if (!next.delete(sequence)) next.add(sequence);
  return next;
}

function showAll(store: LogStore): void {
  store.setOnlyMatches(false);
  store.setFilter({ instance: null, stream: null });
}
