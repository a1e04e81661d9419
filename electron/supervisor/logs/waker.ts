// Says when it is worth looking at a file again: at once where the platform tells, from time to time where it does not.
import type { FolderWatches } from './folder-watches.ts';

const pollMs = 1000;
/** Where the platform tells, for what it may miss: a full queue of events, a network's file system. */
const rarePollMs = 5000;

export interface Waker {
  /** Resolves when the file may have changed since the last wait, after a while in any case, or at the abort. */
  wait(): Promise<void>;
  close(): void;
}

export function createWaker(file: string, watches: FolderWatches, signal: AbortSignal): Waker {
  let changed = false;
  let wake: (() => void) | null = null;

  function notice(): void {
    changed = true;
    wake?.();
  }

  const watch = watches.add(file, notice);
  signal.addEventListener('abort', notice, { once: true });

  return {
    async wait() {
      const delay = watch.works() ? rarePollMs : pollMs;
      if (!changed && !signal.aborted) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, delay);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        wake = null;
      }
      changed = false;
    },
    close() {
      signal.removeEventListener('abort', notice);
      watch.close();
    },
  };
}
