// Makes a program of a TypeScript fixture, so that a plain Node of any supported version can run it.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** `fixture` is a file name in tests/fixtures. Gives the path of the program inside `folder`. */
export async function bundleFixture(fixture: string, folder: string): Promise<string> {
  const outfile = path.join(folder, fixture.replace(/\.ts$/, '.mjs'));
  const source = fileURLToPath(new URL(`../fixtures/${fixture}`, import.meta.url));
  const banner = { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" };
  await build({ entryPoints: [source], outfile, bundle: true, platform: 'node', format: 'esm', logLevel: 'error', banner });
  return outfile;
}
