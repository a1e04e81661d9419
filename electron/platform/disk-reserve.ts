// A little disk space that is kept for a bad day: it is given up when the disk is full, so that what must be written can be.
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { open, rm, stat } from 'node:fs/promises';

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
    const size = await stat(file).then((found) => found.size, () => 0);
    if (size === reserveBytes) return;
    try {
      const handle = await open(file, constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | (constants.O_NOFOLLOW ?? 0), 0o600);
      try {
        // Random, so that no file system stores less than that.
        await handle.writeFile(randomBytes(reserveBytes));
      } finally {
        await handle.close();
      }
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
