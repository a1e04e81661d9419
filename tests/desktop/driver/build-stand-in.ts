// Makes the stand-in a program that plain Node runs: one file, with the scripts of both worlds of a page inside it.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const source = (file: string) => fileURLToPath(new URL(`../stand-in/${file}`, import.meta.url));
const electronPackage = fileURLToPath(new URL('../../../node_modules/electron/package.json', import.meta.url));

/** Once for all launches of a test file. */
let program: Promise<string> | null = null;

/** Writes it into `folder` and gives its path. */
export async function buildStandIn(folder: string): Promise<string> {
  const file = path.join(folder, 'stand-in.cjs');
  await writeFile(file, await (program ??= bundle()));
  return file;
}

async function bundle(): Promise<string> {
  const [isolated, main, { version }] = await Promise.all([
    pageScript('page/isolated-world.ts', 'StandInIsolated'),
    pageScript('page/main-world.ts', 'StandInMain'),
    readFile(electronPackage, 'utf8').then((text) => JSON.parse(text) as { readonly version: string }),
  ]);
  const { outputFiles } = await build({
    entryPoints: [source('main.ts')],
    write: false,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
    // Optional parts of dbus-next, which does without them.
    external: ['usocket', 'x11'],
    define: { ISOLATED_WORLD: JSON.stringify(isolated), MAIN_WORLD: JSON.stringify(main), ELECTRON_VERSION: JSON.stringify(version) },
  });
  return outputFiles[0]?.text ?? '';
}

async function pageScript(file: string, globalName: string): Promise<string> {
  const { outputFiles } = await build({ entryPoints: [source(file)], bundle: true, write: false, format: 'iife', globalName, target: 'chrome120', logLevel: 'error' });
  return outputFiles[0]?.text ?? '';
}
