// Where the keyboard goes when what it was at is taken away.

/** In the next frame, when what takes its place has been drawn. */
export function focusTable(): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>('[role=treegrid]')?.focus({ preventScroll: true }));
}
