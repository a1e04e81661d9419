// Which line's menu or question is open, and where. One of each for the whole table, because every line would make it heavy.
import { useStore } from 'zustand';
import { createValue } from '../../host/readable.ts';

export interface RowMenuPlace {
  readonly name: string;
  /** null: the whole process. */
  readonly instance: number | null;
  /** Where the focus goes back to. */
  readonly opener: HTMLElement | null;
  /** In the window, in px: the menu's upper right corner. */
  readonly at: { readonly x: number; readonly y: number };
}

export type RowLayer =
  | { readonly kind: 'menu'; readonly place: RowMenuPlace }
  | { readonly kind: 'scale'; readonly place: RowMenuPlace }
  | { readonly kind: 'delete'; readonly names: readonly string[]; readonly opener: HTMLElement | null };

const layer = createValue<RowLayer | null>(null);

export function openRowMenu(place: RowMenuPlace): void {
  layer.set({ kind: 'menu', place });
}

export function openScale(place: RowMenuPlace): void {
  layer.set({ kind: 'scale', place });
}

export function askToDelete(names: readonly string[], opener: HTMLElement | null): void {
  layer.set({ kind: 'delete', names, opener });
}

/** Closes what is open, unless something else was opened instead meanwhile. */
export function closeLayer(kind: RowLayer['kind']): void {
  const open = layer.getState();
  if (open?.kind !== kind) return;
  layer.set(null);
  const opener = open.kind === 'delete' ? open.opener : open.place.opener;
  opener?.focus({ preventScroll: true });
}

/** Closes whatever is open and leaves the focus where it is. */
export function dropLayer(): void {
  layer.set(null);
}

export function useRowLayer(): RowLayer | null {
  return useStore(layer);
}
