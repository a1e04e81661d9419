// A part of the page that could not be loaded: the engine was gone, or was replaced by one with other files. A browser may remember
// that failure, so the page is loaded anew as soon as the engine answers; at most once in a while, lest it goes on for ever.
import type { Connection } from '../host/host.ts';
import type { Readable } from '../host/readable.ts';

const mark = 'tspm-reloaded-at';
const leastMs = 30_000;

export interface MissingPartsParts {
  readonly events: Pick<Window, 'addEventListener'>;
  readonly connection: Readable<Connection>;
  /** null where the browser gives none: then nothing is loaded anew by itself. */
  readonly storage: Pick<Storage, 'getItem' | 'setItem'> | null;
  readonly now: () => number;
  /** Whether the pages can be had at this moment: a connection that looks alive may be about to break. */
  readonly reachable: () => Promise<boolean>;
  readonly reload: () => void;
  /** Calls back once, after so many ms. */
  readonly later: (ms: number, callback: () => void) => void;
}

export function watchMissingParts({ events, connection, storage, now, reachable, reload, later }: MissingPartsParts): void {
  let missing = false;
  const mend = async (): Promise<void> => {
    if (!missing || storage === null || connection.getState().state !== 'live') return;
    if (now() - Number(storage.getItem(mark) ?? 0) < leastMs || !(await reachable())) {
      later(leastMs, () => void mend());
      return;
    }
    storage.setItem(mark, String(now()));
    reload();
  };
  // Vite's event for a chunk or its styles.
  events.addEventListener('vite:preloadError', () => {
    missing = true;
    void mend();
  });
  connection.subscribe(() => void mend());
}
