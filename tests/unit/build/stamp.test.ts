import { mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../helpers/temporary.ts';

interface Stamp {
  isFresh(): boolean;
  begin(): void;
  end(): void;
}

async function project() {
  const root = await temporaryFolder();
  const write = async (name: string, content: string): Promise<void> => {
    await mkdir(path.dirname(path.join(root, name)), { recursive: true });
    await writeFile(path.join(root, name), content);
  };
  const module = new URL('../../../build/stamp.mjs', import.meta.url).href;
  const { createStamp } = (await import(module)) as { createStamp: (root: string, of: object) => Stamp };
  const stamp = createStamp(root, { file: 'out/.stamps/all', inputs: ['src', 'package.json'], outputs: ['out/program', 'out/icons'] });
  await write('src/deep/a.ts', 'a');
  await write('src/b.ts', 'b');
  await write('package.json', '{}');
  const build = async (): Promise<void> => {
    stamp.begin();
    await write('out/program', 'built');
    await write('out/icons/one.png', 'icon');
    stamp.end();
  };
  return { root, stamp, write, build, remove: (name: string) => rm(path.join(root, name)) };
}

it('is fresh after a build, also when a source was only touched', async () => {
  const { root, stamp, build } = await project();
  expect(stamp.isFresh()).toBe(false);
  await build();
  await utimes(path.join(root, 'src/b.ts'), new Date(), new Date());
  expect(stamp.isFresh()).toBe(true);
});

it('is stale after any change to what goes in or came out', async () => {
  const { stamp, write, build, remove } = await project();
  const changes = {
    'a source changed': () => write('src/b.ts', 'B'),
    'a source came': () => write('src/c.ts', ''),
    'a source went': () => remove('src/c.ts'),
    'package.json changed': () => write('package.json', '{ "version": "2" }'),
    'an output changed': () => write('out/program', 'damaged'),
    'an output went': () => remove('out/icons/one.png'),
  };
  for (const [what, change] of Object.entries(changes)) {
    await build();
    await change();
    expect(stamp.isFresh(), what).toBe(false);
  }
});

it('is stale while a build is under way, and when a source changed meanwhile', async () => {
  const { stamp, write, build } = await project();
  await build();
  stamp.begin();
  expect(stamp.isFresh()).toBe(false);
  await write('src/b.ts', 'typed while it was built');
  stamp.end();
  expect(stamp.isFresh()).toBe(false);
});
