// Electron's own program, where it has been fetched. Its package fetches it when it is first asked for, so nobody asks here.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Set by `npm run test:electron`. */
export const wantsElectron = 'TSPM_TEST_ELECTRON';

/** Null when it is not there. Where it lies is what the package's index.js knows. */
export function electronProgram(): string | null {
  const folder = fileURLToPath(new URL('../../../node_modules/electron/', import.meta.url));
  const names = path.join(folder, 'path.txt');
  const name = existsSync(names) ? readFileSync(names, 'utf8') : 'electron';
  const program = path.join(process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? path.join(folder, 'dist'), name);
  return existsSync(program) ? program : null;
}
