// Which file of a log comes after another, while the shim renames, compresses and removes them.
import type { Stats } from 'node:fs';
import { isOpen, type AfterTime, type OpenFile } from './open-file.ts';
import { isSameTime, isWrittenAfter, openRotated, openSame, rotatedFiles, statOrNull, type RotatedFile } from './rotated-files.ts';

/** A file in gzip's format ends with the size of its content, modulo 2^32 (RFC 1952). */
const sizeBytes = 4;

/** How often the rotated files are looked at again when one is not among them. */
const maxLooks = 5;

/** The oldest file that is younger than `past`, at its beginning: a rotated one or the live one; null when there is none yet. */
export async function successor(live: string, past: OpenFile | AfterTime | null): Promise<OpenFile | null> {
  for (;;) {
    // Looked at first: when it is rotated meanwhile, it is found among the rotated ones.
    const stats = await statOrNull(live);
    const rotated = past === null ? undefined : await rotatedSuccessor(live, past);
    const next = rotated ?? (stats === null ? null : { path: live, inode: stats.ino, compressed: false });
    if (next === null) return null;
    const handle = await openSame(next.path, next.inode);
    // Renamed between the look and the opening: look again.
    if (handle !== null) return { handle, stats: await handle.stat(), compressed: next.compressed, offset: 0 };
  }
}

async function rotatedSuccessor(live: string, past: OpenFile | AfterTime): Promise<RotatedFile | undefined> {
  const rotated = await rotatedFiles(live);
  if (!isOpen(past)) return rotated.findLast((file) => isWrittenAfter(file, past.after));
  const { found, own, stats } = await findOwn(live, past, rotated);
  return found.findLast((file) => (own === undefined ? isWrittenAfter(file, stats.mtimeMs) : file.number < own.number));
}

interface Found {
  readonly found: readonly RotatedFile[];
  /** undefined when it was removed. */
  readonly own: RotatedFile | undefined;
  readonly stats: Stats;
}

/** The file among the rotated ones. One that still has a name was missed while the numbers shifted; one that has none may be compressed. */
async function findOwn(live: string, past: OpenFile, first: readonly RotatedFile[]): Promise<Found> {
  let found = first;
  for (let look = 1; ; look++) {
    const stats = await past.handle.stat();
    const own = found.find(({ inode }) => inode === stats.ino) ?? (past.compressed ? undefined : await compressedForm(live, found, stats));
    if (own !== undefined || look === maxLooks) return { found, own, stats };
    found = await rotatedFiles(live);
  }
}

/** What became of a plain file. In a flood its neighbours may have been written within the same tick of the clock. */
async function compressedForm(live: string, rotated: readonly RotatedFile[], { mtimeMs, size }: Stats): Promise<RotatedFile | undefined> {
  const candidates = rotated.filter((file) => file.compressed && isSameTime(file.modifiedAt, mtimeMs));
  for (const candidate of candidates.toReversed()) if ((await contentSize(live, candidate)) === size % 2 ** 32) return candidate;
  return undefined;
}

/** null when the file is gone. */
async function contentSize(live: string, file: RotatedFile): Promise<number | null> {
  const opened = await openRotated(live, file);
  if (opened === null) return null;
  const { handle } = opened;
  try {
    const { size } = await handle.stat();
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(sizeBytes), 0, sizeBytes, size - sizeBytes);
    return bytesRead < sizeBytes ? null : buffer.readUInt32LE();
  } finally {
    await handle.close();
  }
}
