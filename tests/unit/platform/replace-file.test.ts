import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { replaceFile } from '../../../electron/platform/replace-file.ts';
import { removeLeftoverTemporaries, temporaryFor } from '../../../electron/platform/temporary-file.ts';
import { giveToStranger, testWithStranger } from '../../helpers/as-user.ts';
import { temporaryFolder } from '../../helpers/temporary.ts';

describe('replaceFile', () => {
  test('a link in the place of the file is replaced, and what it leads to stays as it was', async () => {
    const folder = await temporaryFolder();
    const [victim, file] = [path.join(folder, 'victim'), path.join(folder, 'file')];
    writeFileSync(victim, 'precious');
    symlinkSync(victim, file);
    await replaceFile(file, 'new');
    expect(readFileSync(victim, 'utf8')).toBe('precious');
    expect(lstatSync(file).isFile()).toBe(true);
    expect(readFileSync(file, 'utf8')).toBe('new');
  });

  test('the mode is 0600 whatever the umask', async () => {
    const folder = await temporaryFolder();
    for (const [name, mask] of [['loose', 0], ['strict', 0o777]] as const) {
      const before = process.umask(mask);
      try {
        await replaceFile(path.join(folder, name), 'x');
      } finally {
        process.umask(before);
      }
      expect(statSync(path.join(folder, name)).mode & 0o777).toBe(0o600);
    }
  });

  test('nothing is left when it fails', async () => {
    const folder = await temporaryFolder();
    mkdirSync(path.join(folder, 'file'));
    await expect(replaceFile(path.join(folder, 'file'), 'x')).rejects.toThrow();
    expect(readdirSync(folder)).toEqual(['file']);
  });

  test('two names are never the same, and fit beside the longest name', () => {
    const file = `/x/${'n'.repeat(255)}`;
    expect(temporaryFor(file)).not.toBe(temporaryFor(file));
    expect(path.basename(temporaryFor(file)).length).toBeLessThan(64);
  });
});

describe('what a crash left', () => {
  const old = new Date(Date.now() - 3_600_000);

  test('is removed when it is old, and nothing else is', async () => {
    const folder = await temporaryFolder();
    const place = path.join(folder, 'file');
    const [left, young, link, other] = [temporaryFor(place), temporaryFor(place), temporaryFor(place), path.join(folder, '.tspm-mine.tmp')];
    for (const file of [left, young, other]) writeFileSync(file, '');
    for (const file of [left, other]) utimesSync(file, old, old);
    symlinkSync(other, link);
    await removeLeftoverTemporaries(folder);
    expect([left, young, link, other].map((file) => existsSync(file))).toEqual([false, true, true, true]);
  });

  testWithStranger('is left alone when it belongs to somebody else', async () => {
    const folder = await temporaryFolder();
    const file = temporaryFor(path.join(folder, 'file'));
    writeFileSync(file, '');
    utimesSync(file, old, old);
    await giveToStranger(file);
    await removeLeftoverTemporaries(folder);
    expect(existsSync(file)).toBe(true);
  });
});
