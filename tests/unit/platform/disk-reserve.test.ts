import { linkSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { createDiskReserve } from '../../../electron/platform/disk-reserve.ts';
import { temporaryFolder } from '../../helpers/temporary.ts';

const size = 64 << 10;

it('is made once, given up, and made again later', async () => {
  const folder = await temporaryFolder();
  const file = path.join(folder, 'reserve');
  let now = 0;
  const reserve = createDiskReserve(file, () => now);
  await reserve.keep();
  expect(statSync(file)).toMatchObject({ size, mode: 0o100600 });
  expect(await reserve.giveUp()).toBe(true);
  await reserve.keep();
  expect(readdirSync(folder)).toEqual([]);
  now += 60_000;
  await reserve.keep();
  expect(readdirSync(folder)).toEqual(['reserve']);
});

it('overwrites no other file that has its name, of whatever size', async () => {
  const folder = await temporaryFolder();
  const [file, victim] = [path.join(folder, 'reserve'), path.join(folder, 'victim')];
  for (const content of ['precious', 'p'.repeat(size)]) {
    writeFileSync(victim, content);
    linkSync(victim, file);
    const reserve = createDiskReserve(file, () => 0);
    await reserve.keep();
    expect(readFileSync(victim, 'utf8')).toBe(content);
    expect(statSync(file)).toMatchObject({ size, nlink: 1 });
    await reserve.giveUp();
  }
});
