// The table's columns: their titles, what they can be ordered by, and what they say to whoever points at them.
import type { SortKey } from './table-sort.ts';

export interface Column {
  readonly key: SortKey | 'actions';
  readonly title: string;
  readonly sort: SortKey | null;
  readonly figures: boolean;
  /** Left out where the page is narrow. */
  readonly wideOnly: boolean;
  readonly hint?: string;
}

export const columns: readonly Column[] = [
  { key: 'name', title: 'Name', sort: 'name', figures: false, wideOnly: false },
  { key: 'state', title: 'State', sort: 'state', figures: false, wideOnly: false },
  { key: 'uptime', title: 'Uptime', sort: 'uptime', figures: true, wideOnly: false, hint: 'Since the process was last started; of several instances the youngest' },
  { key: 'restarts', title: 'Restarts', sort: 'restarts', figures: true, wideOnly: false, hint: 'Restarts that nobody asked for' },
  { key: 'cpu', title: 'CPU', sort: 'cpu', figures: true, wideOnly: false, hint: 'Percent of one processor core, over the last two minutes' },
  { key: 'memory', title: 'Memory', sort: 'memory', figures: true, wideOnly: false, hint: 'Resident memory, over the last two minutes' },
  { key: 'port', title: 'Port', sort: 'port', figures: true, wideOnly: true },
  { key: 'place', title: 'Group', sort: 'place', figures: false, wideOnly: true, hint: 'Group, or the namespace where there is none' },
  { key: 'actions', title: 'Actions', sort: null, figures: false, wideOnly: false },
];
