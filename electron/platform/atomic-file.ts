// A file that is always whole: written beside, synced, renamed over, and the folder synced.
import { link, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { replaceFile } from './replace-file.ts';
import { patiently } from './shortage.ts';
import { temporaryFor } from './temporary-file.ts';

export interface AtomicWrite {
  /** The content until now stays under this name. */
  readonly previous?: string | undefined;
  /** Asked before the file is replaced: a slow disk may have kept the writer until it was somebody else's turn. */
  readonly cancelled?: () => boolean;
}

/**
 * Replaces `file` in one step; after it returns the content survives a power cut. The mode is 0600.
 * Throws the system error (ENOSPC, EACCES, …) and leaves the old file as it was. A shortage of descriptors is waited out.
 */
export async function writeFileAtomic(file: string, content: string, { previous, cancelled }: AtomicWrite = {}): Promise<void> {
  const beforeReplacing = async (): Promise<void> => {
    if (cancelled?.() === true) throw new Error(`${file} has another writer by now`);
    if (previous !== undefined) await keep(file, previous);
  };
  await patiently(() => replaceFile(file, content, { sync: true, beforeReplacing }));
  await patiently(() => syncFolder(path.dirname(file)));
}

/** A second name for what is there: no byte is written. Where that is impossible (no such file, no links, no room) the older copy stays. */
async function keep(file: string, previous: string): Promise<void> {
  const temporary = temporaryFor(previous);
  try {
    await link(file, temporary);
    await rename(temporary, previous);
    // Two names of one file already: nothing was renamed then.
    await rm(temporary, { force: true });
  } catch {
    // The new content matters more than the copy of the old; a leftover is removed later.
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder, and does not need it.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
