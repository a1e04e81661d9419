// Above the table: find and filter; and while something is chosen, what to do with it. Both have the same place, so nothing moves.
import type { ProcessGroup } from '../../state/process-groups.ts';
import { BulkBar } from './bulk-bar.tsx';
import { FilterBar } from './filter-bar.tsx';
import type { TableFilter } from './table-filter.ts';
import classes from './toolbar.module.css';

interface ToolbarProps {
  readonly groups: readonly ProcessGroup[];
  readonly filter: TableFilter;
  readonly onFilter: (filter: TableFilter) => void;
  readonly selected: readonly ProcessGroup[];
  readonly onClear: () => void;
}

export function Toolbar({ groups, filter, onFilter, selected, onClear }: ToolbarProps) {
  return (
    <div className={classes['toolbar']}>
      {selected.length === 0 ? <FilterBar groups={groups} filter={filter} onFilter={onFilter} /> : <BulkBar selected={selected} onClear={onClear} />}
    </div>
  );
}
