// A little disk space that is kept for a bad day: it is given up when the disk is full, so that what must be written can be.
import { randomBytes } from 'node:crypto';
import { lstat, rm } from 'node:fs/promises';
import { replaceFile } from './replace-file.ts';

const reserveBytes = 64 << 10;
/** A disk that is full stays so for a while. */
const retryMs = 60_000;

export interface DiskReserve {
  /** Makes it when it is missing. Never throws: a disk without room for it has none. */
  keep(): Promise<void>;
  /** False when there is none to give up. */
  giveUp(): Promise<boolean>;
}

/** `now`: milliseconds. */
export function createDiskReserve(file: string, now: () => number): DiskReserve {
  let nextTry = Number.NEGATIVE_INFINITY;
  let busy = false;

  async function make(): Promise<void> {
    const size = await lstat(file).then((found) => (found.isFile() && found.nlink === 1 ? found.size : 0), () => 0);
    if (size === reserveBytes) return;
    try {
      // Random, so that no file system stores less than that. A new file: what is there may have another name as well.
      await replaceFile(file, randomBytes(reserveBytes));
    } catch {
      await rm(file, { force: true }).catch(() => undefined);
    }
  }

  return {
    async keep() {
      if (busy || now() < nextTry) return;
      busy = true;
      nextTry = now() + retryMs;
      await make().finally(() => (busy = false));
    },
    async giveUp() {
      nextTry = now() + retryMs;
      return rm(file).then(
        () => true,
        () => false,
      );
    },
  };
}
