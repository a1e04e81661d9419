// `npm run build`: builds out/, and does nothing while that is up to date. `--schema` writes the config's schema for editors instead.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createStamp } from './stamp.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
process.chdir(root);

const stamp = createStamp(root, {
  file: 'out/.stamps/build',
  inputs: ['build', 'electron', 'renderer', 'shared', 'resources', 'electron.vite.config.ts', 'package.json', 'package-lock.json', 'tsconfig.json', 'node_modules/.package-lock.json'],
  outputs: ['daemon.cjs', 'preload.cjs', 'shim.cjs', 'tspm.cjs', 'THIRD-PARTY-NOTICES.txt', 'icons', 'main', 'preload', 'renderer'].map((name) => `out/${name}`),
});

if (process.argv.includes('--schema')) await (await import('./schema.mjs')).writeSchema();
else if (!stamp.isFresh()) await build();

async function build() {
  // Bundlers take a while to load.
  const [{ buildPrograms }, { buildDesktop }, { makeIcons }, { writeNotices }] = await Promise.all(['programs', 'desktop', 'icons', 'notices'].map((name) => import(`./${name}.mjs`)));
  stamp.begin();
  const [programs, desktop] = await Promise.all([buildPrograms(), buildDesktop(), makeIcons(root)]);
  await writeNotices(new Set([...programs, ...desktop]));
  stamp.end();
}
