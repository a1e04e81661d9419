import { chmodSync, existsSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { removeOwn } from '../../../../electron/platform/trust/check-file.ts';
import { runAsStranger, testWithStranger } from '../../../helpers/as-user.ts';
import { temporaryFolder } from '../../../helpers/temporary.ts';

test('what is ours is removed, and a missing file is no mistake', async () => {
  const file = path.join(await temporaryFolder(), 'x.pid');
  writeFileSync(file, '');
  await removeOwn(file);
  expect(existsSync(file)).toBe(false);
  await removeOwn(file);
  await removeOwn(path.join(file, 'below', 'a.pid'));
});

testWithStranger('what belongs to somebody else stays, also behind a link', async () => {
  const folder = await temporaryFolder();
  chmodSync(folder, 0o1777);
  runAsStranger('echo theirs > file.pid; mkfifo fifo.pid; mkdir theirs; ln -s theirs link', folder);
  const own = path.join(folder, 'theirs', 'own.pid');
  writeFileSync(own, '');
  symlinkSync('file.pid', path.join(folder, 'link.pid'));
  for (const name of ['file.pid', 'fifo.pid', 'link/own.pid']) await removeOwn(path.join(folder, name));
  expect(['file.pid', 'fifo.pid', 'theirs/own.pid'].map((name) => existsSync(path.join(folder, name)))).toEqual([true, true, true]);
});
