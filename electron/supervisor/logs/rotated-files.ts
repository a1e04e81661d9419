// The older files of a log: `x.log.1` is the newest of them; compressed ones end in `.gz`. They get other numbers, other
// names and other inodes while they are looked at, so whoever opens one makes sure that it is the one that was meant.
import { lstatSync, readdirSync, type Stats } from 'node:fs';
import { lstat, readdir, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { resolveLinks } from '../../platform/resolve-links.ts';
import { openLog } from './open-log.ts';

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
const blockBytes = 64 * 1024;

/** The rotated files of `file`, newest first: they lie beside it, or beside what it leads to. A folder that is not there has none. */
export async function rotatedFiles(configured: string): Promise<readonly RotatedFile[]> {
  // A link that is not followed has no files to show.
  const file = await resolveLinks(configured).catch(() => configured);
  let found: Look = { files: [], whole: false };
  for (let looks = 0; looks < 2 * maxLooks; looks++) {
    // While output floods, only a look in one go is quicker than the next rotation.
    const again = looks < maxLooks ? await look(file) : lookAtOnce(file);
    const same = found.whole && again.whole && again.files.length === found.files.length && again.files.every((entry, index) => isSame(entry, found.files[index]));
    found = again;
    // Two looks that differ: a rotation was going on, and neither need be whole.
    if (same) break;
  }
  return found.files;
}

interface Look {
  readonly files: readonly RotatedFile[];
  /** False when a file had another name before it could be looked at. */
  readonly whole: boolean;
}

async function look(file: string): Promise<Look> {
  const names = await readdir(path.dirname(file)).catch(() => []);
  const found: Looked[] = [];
  for (const name of rotatedNames(file, names)) found.push(rotatedFile(name, await lstat(name.path).catch(() => null)));
  return inOrder(found);
}

function lookAtOnce(file: string): Look {
  try {
    const names = readdirSync(path.dirname(file));
    return inOrder(rotatedNames(file, names).map((name) => rotatedFile(name, lstatSync(name.path, { throwIfNoEntry: false }) ?? null)));
  } catch {
    // The folder was there a moment ago.
    return { files: [], whole: true };
  }
}

type Looked = RotatedFile | 'other' | null;

type RotatedName = Pick<RotatedFile, 'path' | 'number' | 'compressed'>;

function rotatedNames(file: string, names: readonly string[]): readonly RotatedName[] {
  const prefix = `${path.basename(file)}.`;
  return names.flatMap((name) => {
    const [, number, gz] = (name.startsWith(prefix) ? /^(\d{1,6})(\.gz)?$/.exec(name.slice(prefix.length)) : null) ?? [];
    return number === undefined ? [] : [{ path: path.join(path.dirname(file), name), number: Number(number), compressed: gz !== undefined }];
  });
}

/** null when it is gone. What is no regular file, a link for one, was not put there by a rotation. */
function rotatedFile(name: RotatedName, stats: Stats | null): Looked {
  if (stats !== null && !stats.isFile()) return 'other';
  return stats === null ? null : { ...name, inode: stats.ino, modifiedAt: stats.mtimeMs, bornAt: stats.birthtimeMs };
}

function inOrder(all: readonly Looked[]): Look {
  const looked = all.filter((entry) => entry !== 'other');
  const found = looked.filter((entry) => entry !== null);
  // For a moment a file exists in both forms, and both are whole.
  const plain = new Set(found.filter((entry) => !entry.compressed).map((entry) => entry.number));
  const files = found.filter((entry) => !entry.compressed || !plain.has(entry.number)).sort((a, b) => a.number - b.number);
  return { files, whole: found.length === looked.length };
}

function isSame(one: RotatedFile, other: RotatedFile | undefined): boolean {
  return one.inode === other?.inode && one.bornAt === other.bornAt;
}

/** Opens this very file, wherever it is by now; null when it is gone. Throws any other system error. */
export async function openRotated(live: string, file: RotatedFile): Promise<{ readonly handle: FileHandle; readonly file: RotatedFile } | null> {
  let wanted: RotatedFile | undefined = file;
  for (let looks = 0; looks < maxLooks && wanted !== undefined; looks++) {
    const handle = await openSame(wanted.path, wanted.inode);
    if (handle !== null) return { handle, file: wanted };
    const now = await rotatedFiles(live);
    wanted = now.find(({ inode }) => inode === file.inode) ?? now.find(({ modifiedAt }) => isSameTime(modifiedAt, file.modifiedAt));
  }
  return null;
}

/** Opens the file if it is still the one with this inode. */
export async function openSame(file: string, inode: number): Promise<FileHandle | null> {
  const handle = await openLog(file);
  if (handle === null || (await handle.stat()).ino === inode) return handle;
  await handle.close();
  return null;
}

/** The content as plain bytes; closes the handle at its end, or leaves it as it was. */
export async function contentOf(handle: FileHandle, compressed: boolean, keepOpen = false): Promise<Readable> {
  // A stream of the handle itself closes it whenever it is destroyed.
  const stream: Readable = keepOpen ? Readable.from(blocksOf(handle)) : handle.createReadStream();
  if (!compressed) return stream;
  const { createGunzip } = await import('node:zlib');
  const gunzip = createGunzip();
  stream.on('error', (error) => gunzip.destroy(error));
  gunzip.on('close', () => stream.destroy());
  return stream.pipe(gunzip);
}

async function* blocksOf(handle: FileHandle): AsyncGenerator<Buffer> {
  for (let position = 0; ; ) {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(blockBytes), 0, blockBytes, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

/** As far as setting a file's time keeps it. */
export function isSameTime(a: number, b: number): boolean {
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
