// Bundles the three programs, and what is loaded into services that are clusters.
import { build } from 'esbuild';
import { chmod } from 'node:fs/promises';

export const programOptions = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'cjs',
  minify: true,
  keepNames: false,
  // They are in THIRD-PARTY-NOTICES.txt.
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
  // jsonc-parser's CommonJS build hides its imports from a bundler.
  mainFields: ['module', 'main'],
};

/** Gives the files that went into them. */
export async function buildPrograms() {
  const made = await Promise.all([
    build({ ...programOptions, entryPoints: ['electron/cli/main.ts'], outfile: 'out/tspm.cjs', banner: { js: '#!/usr/bin/env node' } }),
    build({ ...programOptions, entryPoints: ['electron/daemon/main.ts'], outfile: 'out/daemon.cjs' }),
    build({ ...programOptions, entryPoints: ['electron/shim/main.ts'], outfile: 'out/shim.cjs' }),
    // Runs in the Node of the service, which may be an older one.
    build({ ...programOptions, target: 'node18', entryPoints: ['electron/shim/preload/main.ts'], outfile: 'out/preload.cjs' }),
  ]);
  await chmod('out/tspm.cjs', 0o755);
  return made.flatMap(({ metafile }) => Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs).filter((file) => inputs[file].bytesInOutput > 0)));
}
