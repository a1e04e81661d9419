// A file that is always whole: written beside, synced, renamed over, and the folder synced.
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';

/**
 * Replaces `file` in one step; after it returns the content survives a power cut. The mode is 0600.
 * Throws the system error (ENOSPC, EACCES, …) and leaves the old file as it was.
 */
export async function writeFileAtomic(file: string, content: string): Promise<void> {
  // Always the same name: each file has one writer, and a crash leaves no rubbish behind.
  const temporary = `${file}.tmp`;
  try {
    const handle = await open(temporary, 'w', 0o600);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
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
