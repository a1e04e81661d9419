// A file that is always whole: written beside, synced, renamed over, and the folder synced.
import { open } from 'node:fs/promises';
import path from 'node:path';
import { replaceFile } from './replace-file.ts';

/**
 * Replaces `file` in one step; after it returns the content survives a power cut. The mode is 0600.
 * Throws the system error (ENOSPC, EACCES, …) and leaves the old file as it was.
 */
export async function writeFileAtomic(file: string, content: string): Promise<void> {
  await replaceFile(file, content, { sync: true });
  await syncFolder(path.dirname(file));
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
