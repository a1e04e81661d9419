// Replaces a file in one step: readers see the old content or the new one, never a part.
import { open, rename, rm } from 'node:fs/promises';
import { newFileFlags, temporaryFor } from './temporary-file.ts';

export interface ReplaceOptions {
  /** 0600 by default, whatever the umask. */
  readonly mode?: number;
  /** Wait until the content has reached the disk. */
  readonly sync?: boolean;
  /** The last step before the new content is in its place; what it throws keeps the old one. */
  readonly beforeReplacing?: () => Promise<void>;
}

/**
 * Writes beside `file` and renames over it; a symbolic link there is replaced, not followed.
 * Throws the system error (ENOSPC, EACCES, …) and leaves the old file as it was.
 */
export async function replaceFile(file: string, content: string | Buffer, { mode = 0o600, sync = false, beforeReplacing }: ReplaceOptions = {}): Promise<void> {
  const temporary = temporaryFor(file);
  const handle = await open(temporary, newFileFlags, mode);
  try {
    try {
      // A umask can take the owner's rights too.
      if (((await handle.stat()).mode & mode) !== mode) await handle.chmod(mode);
      await handle.writeFile(content);
      if (sync) await handle.sync();
    } finally {
      await handle.close();
    }
    await beforeReplacing?.();
    await rename(temporary, file);
  } catch (error) {
    // What went wrong first is what the caller must hear; a leftover is removed later.
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}
