// All processes at a glance, and what one does with them every day.
import { Button } from '@mantine/core';
import { IconFilterOff } from '@tabler/icons-react';
import { useCallback, useMemo } from 'react';
import { Message } from '../../components/message.tsx';
import { useStatus } from '../../state/hooks.ts';
import { useProcessGroups } from '../../state/use-process-groups.ts';
import { focusTable } from './focus-table.ts';
import { NoProcesses } from './no-processes.tsx';
import classes from './processes-page.module.css';
import { ProcessesTable } from './processes-table.tsx';
import { RowLayers } from './row-layers.tsx';
import { keepShown, nothingSelected, type Selection } from './selection.ts';
import { Summary } from './summary.tsx';
import { isFiltering, matchesFilter, noFilter } from './table-filter.ts';
import { TableSkeleton } from './table-skeleton.tsx';
import { tablePlace, useKept } from './table-place.ts';
import { Toolbar } from './toolbar.tsx';

export function ProcessesPage() {
  const known = useStatus() !== null;
  const byName = useProcessGroups();
  const groups = useMemo(() => [...byName.values()], [byName]);
  const [filter, setFilter] = useKept(tablePlace.filter);
  const [sort, setSort] = useKept(tablePlace.sort);
  const [chosen, setChosen] = useKept(tablePlace.chosen);

  const shown = useMemo(() => groups.filter((group) => matchesFilter(group, filter)), [groups, filter]);
  const selection = useMemo(() => keepShown(chosen, shown.map(({ name }) => name)), [chosen, shown]);
  const selected = useMemo(() => shown.filter(({ name }) => selection.names.has(name)), [shown, selection]);
  const select = useCallback((change: (selection: Selection) => Selection) => setChosen(change), [setChosen]);

  return (
    <>
      <div className={classes['page']}>
        <div className={classes['heading']}>
          <h1 className={classes['title']}>Processes</h1>
          {known && groups.length > 0 && <Summary groups={groups} />}
        </div>
        {!known && <TableSkeleton />}
        {known && groups.length === 0 && <NoProcesses />}
        {known && groups.length > 0 && (
          <>
            <Toolbar groups={groups} filter={filter} onFilter={setFilter} selected={selected} onClear={() => setChosen(nothingSelected)} />
            {shown.length > 0 && <ProcessesTable groups={shown} sort={sort} onSort={setSort} selection={selection} onSelect={select} />}
            {shown.length === 0 && isFiltering(filter) && (
              <Message
                title="No process fits the filter"
                icon={<IconFilterOff size={28} stroke={1.4} aria-hidden />}
                action={
                  <Button variant="default" onClick={() => {
                    setFilter(noFilter);
                    focusTable();
                  }}>
                    Show all {groups.length}
                  </Button>
                }
              >
                It is looked for in name, group, namespace, state, reason, port and pid.
              </Message>
            )}
          </>
        )}
      </div>
      <RowLayers />
    </>
  );
}
