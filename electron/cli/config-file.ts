// The config that a command works on. The loader and its parsers are loaded only when there is one to read.
import path from 'node:path';
import { Failure } from '../../shared/model/failure.ts';

export function loadOffline() {
  return import('../supervisor/offline.ts');
}

/** The given file, or the one found from `cwd` upwards. Throws `invalid-config` when there is none. */
export async function configFileFor(given: string | undefined, cwd: string): Promise<string> {
  if (given !== undefined) return path.resolve(cwd, given);
  const { findConfig } = await loadOffline();
  const found = await findConfig(cwd);
  if (found !== null) return found;
  throw new Failure('invalid-config', `no tspm.yaml, tspm.yml, tspm.json or tspm.jsonc in ${cwd} or above it\nWrite one with: tspm init`, { folder: cwd });
}
