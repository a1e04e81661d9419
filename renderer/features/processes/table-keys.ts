// What a key does in the table. Pure: the table does it.
import type { TableRow } from './table-rows.ts';

export type TableKey =
  | { readonly do: 'go'; readonly to: number; readonly extend: boolean }
  | { readonly do: 'toggle' | 'open' | 'fold' | 'menu'; readonly row: TableRow }
  | { readonly do: 'select-all' }
  | { readonly do: 'select-none' };

interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

interface Situation {
  readonly rows: readonly TableRow[];
  readonly active: number;
  readonly unfolded: ReadonlySet<string>;
  /** Lines that fit into the window. */
  readonly page: number;
}

/** null: the key is for somebody else. The keys are those of a treegrid (WAI-ARIA Authoring Practices). */
export function tableKey({ key, ctrlKey, metaKey, altKey, shiftKey }: Pressed, { rows, active, unfolded, page }: Situation): TableKey | null {
  const row = rows[active];
  if (row === undefined || altKey) return null;
  const go = (to: number): TableKey => ({ do: 'go', to: Math.max(0, Math.min(rows.length - 1, to)), extend: shiftKey });
  if (ctrlKey || metaKey) return key.toLowerCase() === 'a' && !shiftKey ? { do: 'select-all' } : null;
  switch (key) {
    case 'ArrowDown':
      return go(active + 1);
    case 'ArrowUp':
      return go(active - 1);
    case 'PageDown':
      return go(active + page);
    case 'PageUp':
      return go(active - page);
    case 'Home':
      return go(0);
    case 'End':
      return go(rows.length - 1);
    case 'ArrowRight':
      return row.kind === 'process' && row.group.instances.length > 1 && !unfolded.has(row.key) ? { do: 'fold', row } : null;
    case 'ArrowLeft':
      if (row.kind === 'instance') return { do: 'go', to: rows.findIndex((one) => one.key === row.group.name), extend: false };
      return unfolded.has(row.key) ? { do: 'fold', row } : null;
    case ' ':
      return { do: 'toggle', row };
    case 'Enter':
      return { do: 'open', row };
    case 'ContextMenu':
    case 'F10':
      return key === 'ContextMenu' || shiftKey ? { do: 'menu', row } : null;
    case 'Escape':
      return { do: 'select-none' };
    default:
      return null;
  }
}
