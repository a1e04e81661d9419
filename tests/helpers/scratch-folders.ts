// The folders in memory in which a shim gives FIFOs their names, by the marks in its home.
import { readdirSync } from 'node:fs';

/** `run`: the home's folder of marks. null while there is none. */
export function scratchFolders(run: string): readonly string[] | null {
  const folders = readdirSync(run).flatMap((name) => (name.startsWith('scratch-') ? [`/dev/shm/tspm-${name.split('-').at(-1)}`] : []));
  return folders.length === 0 ? null : folders;
}
