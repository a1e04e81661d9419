// The notices that `npm run build` has written, against what another bundling of the same programs takes in.
import { readdir, readFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

const notices = await readFile('out/THIRD-PARTY-NOTICES.txt', 'utf8');
const named = [...notices.matchAll(/^-+\n(\S+) \S+ \(.+\)\n-+\n/gm)].map(([, name]) => name);

const packageOf = (file: string): string | undefined => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1];

async function packagesIn(entry: string, options: object): Promise<ReadonlySet<string>> {
  const { metafile } = await build({ entryPoints: [entry], bundle: true, write: false, metafile: true, outdir: 'out', mainFields: ['module', 'main'], logLevel: 'error', ...options });
  const used = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [packageOf(file)] : [])));
  return new Set(used.filter((name) => name !== undefined));
}

it.each([
  ['electron/cli/main.ts', { platform: 'node' }],
  ['electron/daemon/main.ts', { platform: 'node' }],
  ['electron/main/main.ts', { platform: 'node', external: ['electron'] }],
])('names every package that is bundled with %s', async (entry, options) => {
  const packages = await packagesIn(entry, options);
  expect(packages.size).toBeGreaterThan(0);
  expect([...packages].filter((name) => !named.includes(name))).toEqual([]);
});

it('names what the pages import', async () => {
  const sources = (await readdir('renderer', { recursive: true })).filter((file) => /\.tsx?$/.test(file));
  const texts = await Promise.all(sources.map((file) => readFile(`renderer/${file}`, 'utf8')));
  const imported = texts.flatMap((text) => [...text.matchAll(/^import (?!type ).*?from '((?:@[^/']+\/)?[^./'][^/']*)/gm)].map(([, name]) => name));
  expect(imported).toContain('@mantine/core');
  expect([...new Set(imported)].filter((name) => !named.includes(name))).toEqual([]);
  // What those bring along.
  expect(named).toEqual(expect.arrayContaining(['@floating-ui/react', 'react', 'react-transition-group', 'scheduler']));
});

it('has the text of each licence', () => {
  const parts = notices.split(/^-{100}\n.+\n-{100}\n/m).slice(1);
  expect(parts).toHaveLength(named.length);
  for (const part of parts) expect(part).toMatch(/permission|permitted|redistribut|public domain/i);
});
