// Bundles the three programs, and what is loaded into services that are clusters. `--schema` also writes resources/tspm.schema.json from the config schema.
import { build } from 'esbuild';
import { chmod, rm, writeFile } from 'node:fs/promises';

const common = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'cjs',
  minify: true,
  keepNames: false,
  legalComments: 'none',
  logLevel: 'warning',
  // jsonc-parser's CommonJS build hides its imports from a bundler.
  mainFields: ['module', 'main'],
};

if (process.argv.includes('--schema')) {
  const outfile = 'out/json-schema.cjs';
  await build({ ...common, entryPoints: ['electron/supervisor/config/json-schema.ts'], outfile });
  const { default: loaded } = await import(new URL(outfile, import.meta.url).href);
  await writeFile('resources/tspm.schema.json', `${JSON.stringify(loaded.configJsonSchema(), null, 2)}\n`);
  await rm(outfile);
} else {
  await Promise.all([
    build({ ...common, entryPoints: ['electron/cli/main.ts'], outfile: 'out/tspm.cjs', banner: { js: '#!/usr/bin/env node' } }),
    build({ ...common, entryPoints: ['electron/daemon/main.ts'], outfile: 'out/daemon.cjs' }),
    build({ ...common, entryPoints: ['electron/shim/main.ts'], outfile: 'out/shim.cjs' }),
    // Runs in the Node of the service, which may be an older one.
    build({ ...common, target: 'node18', entryPoints: ['electron/shim/preload/main.ts'], outfile: 'out/preload.cjs' }),
  ]);
  await chmod('out/tspm.cjs', 0o755);
}
