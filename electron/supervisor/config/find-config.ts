// Finds the config file of a folder the way a person expects: here, or in a folder above.
import path from 'node:path';
import { kindOf } from './find-program.ts';

/** In this order within a folder. */
export const configNames = ['tspm.yaml', 'tspm.yml', 'tspm.json', 'tspm.jsonc'] as const;

/** The absolute path of the nearest config file from `cwd` up to the root, or null. */
export async function findConfig(cwd: string): Promise<string | null> {
  let folder = path.resolve(cwd);
  for (;;) {
    for (const name of configNames) {
      const file = path.join(folder, name);
      if ((await kindOf(file)) === 'file') return file;
    }
    const parent = path.dirname(folder);
    if (parent === folder) return null;
    folder = parent;
  }
}
