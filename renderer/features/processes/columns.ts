// The table's columns: their titles, what they can be ordered by, and what they say to whoever points at them.
import type { SortKey } from './table-sort.ts';

export interface Column {
  readonly key: SortKey | 'actions';
  readonly title: string;
  readonly sort: SortKey | null;
  readonly figures: boolean;
  /** Where the page has less room, the others are left out. */
  readonly room: 'any' | 'medium' | 'wide';
  readonly hint?: string;
}

export const columns: readonly Column[] = [
  { key: 'name', title: 'Name', sort: 'name', figures: false, room: 'any' },
  { key: 'state', title: 'State', sort: 'state', figures: false, room: 'any' },
  { key: 'uptime', title: 'Uptime', sort: 'uptime', figures: true, room: 'medium', hint: 'Since the process was last started; of several instances the youngest' },
  { key: 'restarts', title: 'Restarts', sort: 'restarts', figures: true, room: 'medium', hint: 'Restarts that nobody asked for' },
  { key: 'cpu', title: 'CPU', sort: 'cpu', figures: true, room: 'any', hint: 'Percent of one processor core, over the last two minutes' },
  { key: 'memory', title: 'Memory', sort: 'memory', figures: true, room: 'any', hint: 'Resident memory, over the last two minutes' },
  { key: 'port', title: 'Port', sort: 'port', figures: true, room: 'wide' },
  { key: 'place', title: 'Group', sort: 'place', figures: false, room: 'wide', hint: 'Group, or the namespace where there is none' },
  { key: 'actions', title: 'Actions', sort: null, figures: false, room: 'any' },
];
