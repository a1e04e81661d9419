// The older files of a log: `x.log.1` is the newest of them; compressed ones end in `.gz`. They get other numbers, other
// names and other inodes while they are looked at, so whoever opens one makes sure that it is the one that was meant.
import type { Stats } from 'node:fs';
import { open, readdir, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';

export interface RotatedFile {
  readonly path: string;
  readonly number: number;
  readonly compressed: boolean;
  readonly inode: number;
  /** Milliseconds since the epoch of the last write: no line in the file is younger. Compression keeps it. */
  readonly modifiedAt: number;
  /** Milliseconds since the epoch; 0 where the file system does not tell. Compression changes it. */
  readonly bornAt: number;
}

/** What setting the time of a file may round, in ms. */
const timeTolerance = 1;

const maxLooks = 5;

/** The rotated files beside `file`, newest first. A folder that is not there has none. */
export async function rotatedFiles(file: string): Promise<readonly RotatedFile[]> {
  let found = await look(file);
  for (let looks = 1; looks < maxLooks; looks++) {
    const again = await look(file);
    const same = again.length === found.length && again.every((entry, index) => entry.inode === found[index]?.inode);
    found = again;
    // Two looks that differ: a rotation was going on, and neither need be whole.
    if (same) break;
  }
  return found;
}

async function look(file: string): Promise<readonly RotatedFile[]> {
  const folder = path.dirname(file);
  const base = path.basename(file);
  const names = await readdir(folder).catch(() => []);
  const found: RotatedFile[] = [];
  for (const name of names) {
    const suffix = name.startsWith(`${base}.`) ? /^(\d{1,6})(\.gz)?$/.exec(name.slice(base.length + 1)) : null;
    if (suffix === null) continue;
    const full = path.join(folder, name);
    const stats = await statOrNull(full);
    if (stats === null) continue;
    found.push({ path: full, number: Number(suffix[1]), compressed: suffix[2] !== undefined, inode: stats.ino, modifiedAt: stats.mtimeMs, bornAt: stats.birthtimeMs });
  }
  // For a moment a file exists in both forms, and both are whole.
  const plain = new Set(found.filter((entry) => !entry.compressed).map((entry) => entry.number));
  return found.filter((entry) => !entry.compressed || !plain.has(entry.number)).sort((a, b) => a.number - b.number);
}

/** Opens this very file, wherever it is by now; null when it is gone. Throws any other system error. */
export async function openRotated(live: string, file: RotatedFile): Promise<{ readonly handle: FileHandle; readonly file: RotatedFile } | null> {
  let wanted: RotatedFile | undefined = file;
  for (let looks = 0; looks < maxLooks && wanted !== undefined; looks++) {
    const handle = await openSame(wanted.path, wanted.inode);
    if (handle !== null) return { handle, file: wanted };
    wanted = (await rotatedFiles(live)).find((entry) => entry.inode === file.inode || isSameTime(entry.modifiedAt, file.modifiedAt));
  }
  return null;
}

/** Opens the file if it is still the one with this inode. */
export async function openSame(file: string, inode: number): Promise<FileHandle | null> {
  const handle = await open(file, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (handle === null || (await handle.stat()).ino === inode) return handle;
  await handle.close();
  return null;
}

/** The content as plain bytes; closes the handle at its end, or leaves it as it was. */
export async function contentOf(handle: FileHandle, compressed: boolean, keepOpen = false): Promise<Readable> {
  const stream = handle.createReadStream(keepOpen ? { start: 0, autoClose: false } : {});
  if (!compressed) return stream;
  const { createGunzip } = await import('node:zlib');
  const gunzip = createGunzip();
  stream.on('error', (error) => gunzip.destroy(error));
  gunzip.on('close', () => stream.destroy());
  return stream.pipe(gunzip);
}

function isSameTime(a: number, b: number): boolean {
  return Math.abs(a - b) <= timeTolerance;
}

/** True when the file was last written clearly after this time (ms since the epoch). */
export function isWrittenAfter(file: RotatedFile, time: number): boolean {
  return file.modifiedAt > time + timeTolerance;
}

/** null when there is no such file. */
export async function statOrNull(file: string): Promise<Stats | null> {
  return await stat(file).catch(() => null);
}
