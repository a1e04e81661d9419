// Finds a place of a log again, although its file may have been renamed, compressed or emptied since.
import type { FileHandle } from 'node:fs/promises';
import type { FollowStart } from './open-file.ts';
import { closeOnError, endOfLastLine, openLive } from './live-file.ts';
import { fileIdentity, lastLineDigest, lineBefore, placeTailBytes, type Place } from './log-place.ts';
import { contentOf, isWrittenAfter, openRotated, openSame, rotatedFiles, statOrNull, type RotatedFile } from './rotated-files.ts';

/** Between two looks a file may have been compressed. */
const looks = 2;

/** What `find` gives when there is nothing to go on from. */
export const gone = Symbol('gone');

/** Where to go on. Throws the system error of a file that cannot be read. */
export async function findPlace(path: string, place: Place): Promise<FollowStart | typeof gone> {
  if (place.file === '') return { after: place.since };
  for (let look = 0; look < looks; look++) {
    const live = await openLive(path, false);
    if (live !== null && fileIdentity(live.stats) === place.file) return await plainStart(live.handle, place);
    await live?.handle.close();
    const rotated = await rotatedFiles(path);
    const own = rotated.find(({ inode, bornAt }) => fileIdentity({ ino: inode, birthtimeMs: bornAt }) === place.file);
    // One that was compressed has another identity. The oldest that was written to since is the one, if it has the line.
    const candidates = own === undefined ? rotated.filter((file) => file.compressed && !isWrittenBefore(file, place.since)).toReversed() : [own];
    for (const candidate of candidates) {
      const start = await startIn(path, candidate, place);
      if (start !== gone) return start;
    }
  }
  return gone;
}

/**
 * Where to begin with a log that nobody knew at a moment (ms since the epoch): with what was written after it. Gone when its
 * files do not tell that from what is older.
 */
export async function startOfUnknown(path: string, at: number): Promise<FollowStart | typeof gone> {
  const live = await statOrNull(path);
  const later = (await rotatedFiles(path)).filter((file) => isWrittenAfter(file, at));
  if (later.some(({ compressed, bornAt }) => compressed || bornAt < at)) return gone;
  if (live === null || live.birthtimeMs >= at) return { after: at };
  if (later.length > 0 || live.mtimeMs >= at) return gone;
  const handle = await openSame(path, live.ino);
  if (handle === null) return gone;
  return await closeOnError(handle, async () => ({ handle, stats: live, compressed: false, offset: await endOfLastLine(handle, live.size) }));
}

async function startIn(path: string, file: RotatedFile, place: Place): Promise<FollowStart | typeof gone> {
  const opened = await openRotated(path, file);
  if (opened === null) return gone;
  const { handle } = opened;
  if (!opened.file.compressed) return await plainStart(handle, place);
  return await closeOnError(handle, async () => {
    if (fits(await lineBeforeCompressed(handle, place.offset), place)) return { handle, stats: await handle.stat(), compressed: true, offset: place.offset };
    await handle.close();
    return gone;
  });
}

/** In the file of this identity. Without the line it was emptied meanwhile, and all that it holds is new. */
async function plainStart(handle: FileHandle, place: Place): Promise<FollowStart | typeof gone> {
  return await closeOnError(handle, async () => {
    const stats = await handle.stat();
    const found = fits(await lineBefore(handle, place.offset), place);
    if (found || stats.birthtimeMs > 0) return { handle, stats, compressed: false, offset: found ? place.offset : 0 };
    // Where births are not told, it may as well be another file with the same inode.
    await handle.close();
    return gone;
  });
}

function fits(found: string | null, { line }: Place): boolean {
  return found !== null && (line === '' || line === found);
}

/** null when the content is shorter. */
async function lineBeforeCompressed(handle: FileHandle, offset: number): Promise<string | null> {
  let tail: Buffer = Buffer.alloc(0);
  let missing = offset;
  for await (const chunk of await contentOf(handle, true, true)) {
    const block = (chunk as Buffer).subarray(0, missing);
    missing -= block.length;
    tail = Buffer.concat([tail, block]).subarray(-placeTailBytes);
    if (missing === 0) break;
  }
  return missing > 0 ? null : offset === 0 ? '' : lastLineDigest(tail);
}

function isWrittenBefore({ modifiedAt }: RotatedFile, time: number): boolean {
  return modifiedAt < time - 1;
}
