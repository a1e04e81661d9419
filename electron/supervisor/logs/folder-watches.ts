// One watcher per folder for all who follow files in it: each event of the system is then looked at once, not once per reader.
import { watch, type FSWatcher } from 'node:fs';
import path from 'node:path';

export interface FileWatch {
  /** False where changes are not told: no such folder yet, or no watches left (ENOSPC). Tries again with each call. */
  works(): boolean;
  close(): void;
}

export interface FolderWatches {
  /** Calls `notice` whenever the file may have changed, came or went. */
  add(file: string, notice: () => void): FileWatch;
}

interface Folder {
  watcher: FSWatcher | null;
  /** File name → who follows it. */
  readonly listeners: Map<string, Set<() => void>>;
}

export function createFolderWatches(): FolderWatches {
  const folders = new Map<string, Folder>();

  function notifyAll({ listeners }: Folder): void {
    for (const notices of listeners.values()) for (const notice of notices) notice();
  }

  function lose(folder: Folder): void {
    folder.watcher?.close();
    folder.watcher = null;
    notifyAll(folder);
  }

  function open(name: string, folder: Folder): void {
    const base = path.basename(name);
    try {
      const watcher = watch(name, (event, file) => {
        if (folder.watcher !== watcher) return;
        if (file === null) notifyAll(folder);
        else for (const notice of folder.listeners.get(file) ?? []) notice();
        // The folder itself was moved or removed: another one may come in its place.
        if (event === 'rename' && file === base) lose(folder);
      });
      watcher.on('error', () => {
        if (folder.watcher === watcher) lose(folder);
      });
      folder.watcher = watcher;
      // What happened before it worked was seen by nobody.
      notifyAll(folder);
    } catch {
      // Whoever follows looks again from time to time.
    }
  }

  return {
    add(file, notice) {
      const name = path.dirname(file);
      const base = path.basename(file);
      const folder = folders.get(name) ?? { watcher: null, listeners: new Map() };
      folders.set(name, folder);
      const notices = folder.listeners.get(base) ?? new Set();
      folder.listeners.set(base, notices.add(notice));
      return {
        works() {
          if (folder.watcher === null) open(name, folder);
          return folder.watcher !== null;
        },
        close() {
          notices.delete(notice);
          if (notices.size === 0) folder.listeners.delete(base);
          if (folder.listeners.size > 0) return;
          folder.watcher?.close();
          folder.watcher = null;
          folders.delete(name);
        },
      };
    },
  };
}
