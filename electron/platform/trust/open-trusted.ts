// Opens a file in a folder where others may write too. They may swap what is there between a look and the opening, so what was opened is
// compared with what was judged; and what they have made beforehand is not used.
import { constants, type Stats } from 'node:fs';
import { lstat, open, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { errorCode, Failure } from '../../../shared/model/failure.ts';
import { isDescriptor } from '../resolve-links.ts';
import { ownIdentity, type Identity } from './identity.ts';
import { isOpenToOthers } from './way.ts';
import { describeUser } from './words.ts';

/** Whoever swaps a file without end is not waited for. */
const maxLooks = 10;

export interface TrustedFile {
  readonly handle: FileHandle;
  /** As it was when it was opened. */
  readonly stats: Stats;
}

/**
 * `file` has no links in it, as `resolveLinks` gives it: one that is there by now is not followed. With `make` a missing file is made (0600).
 * Throws a Failure `failed` for what others may have put there, and the system error.
 */
export async function openTrusted(file: string, flags: number, make = false): Promise<TrustedFile> {
  const who = ownIdentity();
  if (who === null || isDescriptor(file)) {
    const handle = await open(file, make ? flags | constants.O_CREAT : flags, 0o600);
    return { handle, stats: await handle.stat() };
  }
  for (let look = 0; look < maxLooks; look += 1) {
    const judged = await lookAt(file, make);
    if (judged !== null && !judged.isSymbolicLink()) await judge(file, judged, who);
    const handle = await openUnlessSwapped(file, judged === null ? flags | constants.O_CREAT | constants.O_EXCL : flags, make);
    if (handle === null) continue;
    const stats = await handle.stat();
    if (judged === null || (stats.ino === judged.ino && stats.dev === judged.dev)) return { handle, stats };
    await handle.close();
  }
  throw new Failure('failed', `${file} is another file each time it is looked at: somebody else changes its folder. Choose another path`);
}

/** null when it is to be made. */
async function lookAt(file: string, make: boolean): Promise<Stats | null> {
  return await lstat(file).catch((error: unknown) => {
    if (make && errorCode(error) === 'ENOENT') return null;
    throw error;
  });
}

async function openUnlessSwapped(file: string, flags: number, make: boolean): Promise<FileHandle | null> {
  try {
    return await open(file, flags | constants.O_NOFOLLOW, 0o600);
  } catch (error) {
    const code = errorCode(error) ?? '';
    if (code === 'ELOOP' || code === 'EMLINK' || (make && (code === 'EEXIST' || code === 'ENOENT'))) return null;
    throw error;
  }
}

/** What is in a closed folder was put there by its owner, whom whoever chose the path relies on. */
async function judge(file: string, found: Stats, who: Identity): Promise<void> {
  const isForeign = !who.trusts(found.uid);
  if (!isForeign && (found.nlink === 1 || !found.isFile())) return;
  const folder = await lstat(path.dirname(file));
  const isClosed = !isOpenToOthers(folder, who) && (who.trusts(folder.uid) || (isForeign && folder.uid === found.uid));
  if (isClosed) return;
  const what = isForeign ? `there is ${found.isFile() ? 'a file' : 'something that is no regular file,'} of ${describeUser(found.uid)}` : `${file} has another name as well (a hard link)`;
  throw new Failure('failed', `${what} in a folder where others may write: remove it, or choose another path`);
}
