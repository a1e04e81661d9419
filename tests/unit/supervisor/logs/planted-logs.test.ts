// A log may lie in a folder where others write too: whoever reads it sees none of what they put there, nor what it leads to.
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { followFile } from '../../../../electron/supervisor/logs/follow-file.ts';
import { createFolderWatches } from '../../../../electron/supervisor/logs/folder-watches.ts';
import { readLogs } from '../../../../electron/supervisor/logs/read-logs.ts';
import { runAsStranger, testWithStranger } from '../../../helpers/as-user.ts';
import { temporaryFolder } from '../../../helpers/temporary.ts';

async function setUp() {
  const root = await temporaryFolder();
  chmodSync(root, 0o755);
  const folder = path.join(root, 'shared');
  mkdirSync(folder);
  chmodSync(folder, 0o1777);
  const secret = path.join(root, 'secret');
  writeFileSync(secret, 'secret\n', { mode: 0o600 });
  const out = path.join(folder, 'o.log');
  const source = { name: 'api', instance: 0, format: 'plain' as const, out, err: out };
  const read = async (): Promise<readonly string[]> => {
    const found: string[] = [];
    await readLogs([source], { beginning: { kind: 'last', lines: 9, since: null }, streams: ['out', 'err'], matches: () => true }, async (entries) => void found.push(...entries.map(({ message }) => message)), null);
    return found;
  };
  return { folder, secret, out, read };
}

testWithStranger('links with the names of rotated files are not followed', async () => {
  const { folder, secret, out, read } = await setUp();
  writeFileSync(out, 'mine\n');
  runAsStranger(`ln -s ${secret} o.log.1; ln -s ${secret} o.log.2.gz; mkfifo o.log.3`, folder);
  symlinkSync(secret, `${out}.4`);
  expect(await read()).toEqual(['mine']);
});

testWithStranger('a link, a file or a FIFO of another user is refused in words', async () => {
  const { folder, secret, out, read } = await setUp();
  for (const [script, words] of [
    [`ln -s ${secret} o.log`, 'is a link that belongs to another user'],
    ['echo theirs > o.log', 'there is a file of the user with uid 61234 in a folder where others may write'],
    ['mkfifo o.log', 'there is something that is no regular file, of the user with uid 61234'],
  ] as const) {
    runAsStranger(script, folder);
    await expect(read()).rejects.toMatchObject({ code: 'failed', message: expect.stringMatching(`^the log ${out} cannot be read: .*${words}`) });
    rmSync(out);
  }
});

testWithStranger('whoever follows it stops at a link of another user', async () => {
  const { folder, secret, out } = await setUp();
  runAsStranger(`ln -s ${secret} o.log`, folder);
  const file = { path: out, process: 'api', instance: 0, stream: null, format: 'plain' as const };
  const sink = { take: () => Promise.reject(new Error('read')), caughtUp: () => false };
  await expect(followFile(file, null, sink, new AbortController().signal, createFolderWatches())).rejects.toThrow('is a link that belongs to another user');
});
