// The older files of a log: `x.log.1` is the newest of them; compressed ones end in `.gz`.
import type { Stats } from 'node:fs';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';

export interface RotatedFile {
  readonly path: string;
  readonly number: number;
  readonly compressed: boolean;
  readonly inode: number;
  /** Milliseconds since the epoch of the last write: no line in the file is younger. */
  readonly modifiedAt: number;
}

/** The rotated files beside `file`, newest first. A folder that is not there has none. */
export async function rotatedFiles(file: string): Promise<readonly RotatedFile[]> {
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
    found.push({ path: full, number: Number(suffix[1]), compressed: suffix[2] !== undefined, inode: stats.ino, modifiedAt: stats.mtimeMs });
  }
  // While a file is being compressed both forms exist; the plain one is whole.
  const plain = new Set(found.filter((entry) => !entry.compressed).map((entry) => entry.number));
  return found.filter((entry) => !entry.compressed || !plain.has(entry.number)).sort((a, b) => a.number - b.number);
}

/** The content of a rotated file as plain bytes. */
export async function openRotated(file: RotatedFile): Promise<Readable> {
  const stream = createReadStream(file.path);
  if (!file.compressed) return stream;
  const { createGunzip } = await import('node:zlib');
  const gunzip = createGunzip();
  stream.on('error', (error) => gunzip.destroy(error));
  gunzip.on('close', () => stream.destroy());
  return stream.pipe(gunzip);
}

/** null when there is no such file. */
export async function statOrNull(file: string): Promise<Stats | null> {
  return await stat(file).catch(() => null);
}
