// Says when it is worth looking at a file again: at once where the platform tells, every second where it does not.
import { watch, type FSWatcher } from 'node:fs';
import path from 'node:path';

const pollMs = 1000;

export interface Waker {
  /** Resolves when the file may have changed since the last wait, after a second at the latest, or at the abort. */
  wait(): Promise<void>;
  close(): void;
}

export function createWaker(file: string, signal: AbortSignal): Waker {
  const name = path.basename(file);
  let changed = false;
  let wake: (() => void) | null = null;

  function notice(): void {
    changed = true;
    wake?.();
  }

  let watcher: FSWatcher | null = null;
  try {
    watcher = watch(path.dirname(file), (_event, changedName) => {
      if (changedName === null || changedName === name) notice();
    });
    watcher.on('error', () => watcher?.close());
  } catch {
    // No such folder yet, or no watches left (ENOSPC): polling alone finds the changes.
  }
  signal.addEventListener('abort', notice, { once: true });

  return {
    async wait() {
      if (!changed && !signal.aborted) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, pollMs);
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
      watcher?.close();
    },
  };
}
