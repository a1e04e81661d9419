// A small disk of a test's own, which can be filled and freed without harm to anybody. It takes root, on Linux.
import { execFile } from 'node:child_process';
import { open, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';

const run = promisify(execFile);

/** Why a test that needs such a disk is skipped; null when it can run. */
export const noDisk = process.platform !== 'linux' ? 'skipped: not Linux' : process.getuid?.() !== 0 ? 'skipped: not root' : null;

/** Mounts an empty disk of so many bytes at `folder` until the test is over. */
export async function mountDisk(folder: string, bytes: number): Promise<void> {
  await run('mount', ['-t', 'tmpfs', '-o', `size=${bytes},mode=0700`, 'tmpfs', folder]);
  onTestFinished(async () => void (await run('umount', ['-l', folder])));
}

/** Fills the disk that `folder` is on to the last byte; the function it gives frees it again. */
export async function fillDisk(folder: string): Promise<() => Promise<void>> {
  const file = path.join(folder, 'everything-else');
  const handle = await open(file, 'w');
  for (const size of [1 << 16, 1 << 12, 1]) {
    // Until ENOSPC.
    while (await handle.write(Buffer.alloc(size)).then(({ bytesWritten }) => bytesWritten === size, () => false));
  }
  await handle.close();
  return () => rm(file);
}

export async function mountReadOnly(folder: string, readOnly: boolean): Promise<void> {
  await run('mount', ['-o', `remount,${readOnly ? 'ro' : 'rw'}`, folder]);
}
