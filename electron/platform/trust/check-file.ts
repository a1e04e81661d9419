// A file whose path a config names, such as a pid file, may lie in a folder where others write too. It is replaced or removed only when
// what is there is ours, or when nobody else could have put it there.
import { lstat, rm } from 'node:fs/promises';
import path from 'node:path';
import { errorCode, Failure } from '../../../shared/model/failure.ts';
import { ownIdentity } from './identity.ts';
import { inspectWay } from './way.ts';
import { describeObstacle, describeUser } from './words.ts';

const writableByOthers = 0o022;

/** Throws a Failure `failed` when `file` is not ours to replace or to remove, and the system error when it may not be looked at. */
export async function checkReplaceable(file: string): Promise<void> {
  const who = ownIdentity();
  if (who === null) return;
  const folder = await inspectWay(path.dirname(file), who);
  // Folders of others, and open ones, are for whoever chose the path to judge. A planted link was nobody's choice.
  if (folder.obstacle?.kind === 'foreign-link') throw new Failure('failed', describeObstacle(folder.obstacle));
  const found = await lstat(file).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return null;
    throw error;
  });
  if (found === null || (found.isFile() && found.uid === who.uid)) return;
  if (found.isDirectory()) throw new Failure('failed', `${file} is a folder`);
  const closed = folder.obstacle === null && folder.stats !== null && who.trusts(folder.stats.uid) && (folder.stats.mode & writableByOthers) === 0;
  if (closed) return;
  const what = found.isSymbolicLink() ? 'a symbolic link' : found.isFile() ? 'a file' : 'not a regular file; it is';
  throw new Failure('failed', `there is ${what} of ${describeUser(found.uid)} in a folder where others may write: remove it, or choose another path`);
}

/** Removes a file that is ours to remove, and leaves any other. Throws the system error when it cannot be removed. */
export async function removeOwn(file: string): Promise<void> {
  try {
    await checkReplaceable(file);
  } catch (error) {
    // Somebody else's: it stays.
    if (error instanceof Failure) return;
    throw error;
  }
  await rm(file, { force: true });
}
