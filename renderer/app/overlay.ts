// Which of the two layers over the page is open; they are opened from keys, buttons and each other.
import { useStore } from 'zustand';
import { createValue } from '../host/readable.ts';

export type Overlay = 'palette' | 'help';

const open = createValue<Overlay | null>(null);

export function openOverlay(overlay: Overlay | null): void {
  open.set(overlay);
}

export function useOverlay(): Overlay | null {
  return useStore(open);
}
