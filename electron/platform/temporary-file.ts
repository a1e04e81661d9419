// Files that are written beside their place and renamed into it. Other users may be able to write in that folder, so nobody can
// guess the name, and nothing that is already there, a symbolic link for one, is ever opened.
import { constants } from 'node:fs';
import { lstat, opendir, unlink } from 'node:fs/promises';
import path from 'node:path';
import { errorCode } from '../../shared/model/failure.ts';

const pattern = /^\.tspm-[0-9a-f]{32}\.tmp$/;
/** Nothing that is still being written is that old. */
const leftoverMs = 60_000;

/** Flags for opening one: it must not exist yet. Windows has no O_NOFOLLOW, and no links to fear here. */
export const newFileFlags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);

/** A new name beside `file`; open it with `newFileFlags` and mode 0600. It does not depend on the length of the file's own name. */
export function temporaryFor(file: string): string {
  // Loaded here: it costs a command line several milliseconds, and few need it.
  const name = process.getBuiltinModule('node:crypto').randomBytes(16).toString('hex');
  return path.join(path.dirname(file), `.tspm-${name}.tmp`);
}

/** Removes what a crash left in `folder`: files of this user that have such a name. Never throws: they do no harm. */
export async function removeLeftoverTemporaries(folder: string): Promise<void> {
  try {
    for await (const { name } of await opendir(folder)) {
      if (pattern.test(name)) await removeLeftover(path.join(folder, name));
    }
  } catch {
    // No such folder, or no right to look into it.
  }
}

async function removeLeftover(file: string): Promise<void> {
  try {
    const found = await lstat(file);
    const ours = found.isFile() && (process.geteuid === undefined || found.uid === process.geteuid());
    if (ours && Date.now() - found.mtimeMs > leftoverMs) await unlink(file);
  } catch (error) {
    // Somebody else was faster.
    if (errorCode(error) !== 'ENOENT') throw error;
  }
}
