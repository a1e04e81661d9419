import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../../shared/model/clock.ts';
import { Disk } from '../../../electron/shim/disk.ts';
import { SmallFiles } from '../../../electron/shim/small-files.ts';
import { giveToStranger, runAsStranger, testWithStranger } from '../../helpers/as-user.ts';
import { temporaryFolder } from '../../helpers/temporary.ts';

interface Shared {
  /** Like /tmp: everybody may write here. */
  readonly folder: string;
  readonly victim: string;
  readonly said: string[];
  put(file: string, content: string | null): Promise<void>;
}

async function sharedFolder(): Promise<Shared> {
  const root = await temporaryFolder();
  chmodSync(root, 0o755);
  const folder = path.join(root, 'shared');
  mkdirSync(folder);
  chmodSync(folder, 0o1777);
  const victim = path.join(root, 'victim');
  writeFileSync(victim, 'precious');
  const said: string[] = [];
  const files = new SmallFiles(new Disk(systemClock), (text) => said.push(text));
  return {
    folder,
    victim,
    said,
    async put(file, content) {
      files.set(file, () => content);
      await files.settled();
    },
  };
}

describe('a pid file in a folder where others write', () => {
  test('links with the names that were once used for writing are not followed', async () => {
    const { folder, victim, put } = await sharedFolder();
    const file = path.join(folder, 'x.pid');
    for (const name of [`${file}.${process.pid}.tmp`, `${file}.tmp`]) symlinkSync(victim, name);
    await put(file, '42\n');
    expect(readFileSync(file, 'utf8')).toBe('42\n');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(victim, 'utf8')).toBe('precious');
    await put(file, null);
    expect(existsSync(file)).toBe(false);
  });

  testWithStranger('what belongs to somebody else is neither replaced nor removed, and the log says so', async () => {
    const { folder, victim, said, put } = await sharedFolder();
    runAsStranger(`ln -s ${victim} link.pid; echo theirs > file.pid; mkfifo fifo.pid`, folder);
    for (const name of ['link.pid', 'file.pid', 'fifo.pid']) {
      await put(path.join(folder, name), '42\n');
      await put(path.join(folder, name), null);
    }
    expect(readFileSync(victim, 'utf8')).toBe('precious');
    expect(readdirSync(folder).sort()).toEqual(['fifo.pid', 'file.pid', 'link.pid']);
    expect(readFileSync(path.join(folder, 'file.pid'), 'utf8')).toBe('theirs\n');
    expect(said).toHaveLength(6);
    expect(said[0]).toMatch(/link\.pid cannot be written: there is a symbolic link of the user with uid 61234/);
  });

  testWithStranger('a folder that is a link of somebody else is not entered', async () => {
    const { folder, said, put } = await sharedFolder();
    const target = path.join(path.dirname(folder), 'own');
    mkdirSync(target);
    runAsStranger(`ln -s ${target} sub`, folder);
    await put(path.join(folder, 'sub', 'x.pid'), '42\n');
    expect(readdirSync(target)).toEqual([]);
    expect(said[0]).toMatch(/sub is a symbolic link of/);
  });

  testWithStranger('where nobody else could write, what is there is replaced as before', async () => {
    const { folder, victim, said, put } = await sharedFolder();
    chmodSync(folder, 0o755);
    const [link, file] = [path.join(folder, 'link.pid'), path.join(folder, 'file.pid')];
    symlinkSync(victim, link);
    writeFileSync(file, 'old');
    await giveToStranger(file);
    for (const one of [link, file]) await put(one, '42\n');
    expect(lstatSync(link).isFile()).toBe(true);
    expect(readFileSync(file, 'utf8')).toBe('42\n');
    expect(readFileSync(victim, 'utf8')).toBe('precious');
    expect(said).toEqual([]);
  });
});

test('what another shim has written since is not removed', async () => {
  const { folder, put } = await sharedFolder();
  const file = path.join(folder, 'web-0.pid');
  await put(file, '1\n');
  writeFileSync(file, '2\n');
  await put(file, null);
  expect(readFileSync(file, 'utf8')).toBe('2\n');
  await put(file, '3\n');
  await put(file, null);
  expect(existsSync(file)).toBe(false);
});

test('a pid file below /proc fails and holds up nothing', async () => {
  const { folder, said, put } = await sharedFolder();
  await put('/proc/99999999/x/x.pid', '42\n');
  expect(said).toHaveLength(1);
  await put(path.join(folder, 'y.pid'), '42\n');
  expect(readFileSync(path.join(folder, 'y.pid'), 'utf8')).toBe('42\n');
});
