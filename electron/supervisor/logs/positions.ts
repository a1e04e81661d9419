// Notes how long log files are at a moment, so that a reader can later show just what came after it.
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { statOrNull } from './rotated-files.ts';

export interface LogPositions {
  /**
   * Where new output begins in the file of this inode and size: at 0 when the file came after the folder was noted, at
   * its end when its folder was not noted at all.
   */
  of(file: string, inode: number, size: number): number;
}

/** Notes the sizes of all files in these folders. What does not exist yet begins at 0. */
export async function notePositions(folders: readonly string[]): Promise<LogPositions> {
  const noted = new Map<string, { readonly inode: number; readonly size: number }>();
  const seen = new Set(folders);
  for (const folder of seen) {
    const names = await readdir(folder).catch(() => []);
    for (const name of names) {
      const file = path.join(folder, name);
      const stats = await statOrNull(file);
      if (stats?.isFile() === true) noted.set(file, { inode: stats.ino, size: stats.size });
    }
  }
  return {
    of(file, inode, size) {
      if (!seen.has(path.dirname(file))) return size;
      const known = noted.get(file);
      return known === undefined || known.inode !== inode || known.size > size ? 0 : known.size;
    },
  };
}
