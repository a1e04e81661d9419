// A log may lie in a folder where others write too: they must not choose what is written to.
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, linkSync, lstatSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Disk } from '../../../electron/shim/disk.ts';
import { emptyFile, LiveFile } from '../../../electron/shim/live-file.ts';
import { runAsStranger, strangerUid, testWithStranger } from '../../helpers/as-user.ts';
import { manualClock } from '../../helpers/manual-clock.ts';
import { temporaryFolder } from '../../helpers/temporary.ts';
import { waitFor } from '../../helpers/wait-for.ts';

const rounds = 1000;
const disk = new Disk(manualClock());
const openLog = (file: string): Promise<LiveFile> => LiveFile.open(file, disk, 0);

async function sharedFolder() {
  const root = await temporaryFolder();
  chmodSync(root, 0o755);
  const folder = path.join(root, 'shared');
  mkdirSync(folder);
  chmodSync(folder, 0o1777);
  const victim = path.join(root, 'victim');
  writeFileSync(victim, 'precious\n');
  return { folder, victim, file: path.join(folder, 'o.log') };
}

testWithStranger('a file and a link that take turns lead to no file of ours', async () => {
  const { folder, victim, file } = await sharedFolder();
  const swap = `
    const fs = require('node:fs');
    const pause = (us) => { for (const end = process.hrtime.bigint() + us * 1000n; process.hrtime.bigint() < end;); };
    for (;;) {
      try { fs.symlinkSync(${JSON.stringify(victim)}, 'o.log'); pause(100n); fs.unlinkSync('o.log'); } catch {}
      pause(100n);
    }`;
  const attacker = spawn(process.execPath, ['-e', swap], { uid: strangerUid, gid: strangerUid, cwd: folder, stdio: 'ignore' });
  onTestFinished(async () => {
    attacker.kill('SIGKILL');
    await waitFor(() => attacker.signalCode !== null);
  });
  await waitFor(() => lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink(), { what: 'the attack to begin' });
  for (let round = 0; round < rounds; round += 1) {
    const log = await openLog(file).catch(() => null);
    await log?.append(Buffer.from('mine\n'));
    await log?.close();
    await emptyFile(file, disk).catch(() => undefined);
    // The attack goes on only while the name is free.
    if (log !== null) rmSync(file, { force: true });
  }
  expect(attacker.exitCode).toBeNull();
  expect(readFileSync(victim, 'utf8')).toBe('precious\n');
});

testWithStranger('what another user made beforehand is refused in words, and not waited for', async () => {
  const { folder } = await sharedFolder();
  runAsStranger('echo theirs > file; mkfifo fifo', folder);
  await expect(openLog(path.join(folder, 'file'))).rejects.toThrow(/^there is a file of the user with uid 61234 in a folder where others may write: remove it/);
  await expect(openLog(path.join(folder, 'fifo'))).rejects.toThrow(/^there is something that is no regular file, of the user with uid 61234/);
  await expect(emptyFile(path.join(folder, 'file'), disk)).rejects.toThrow('there is a file of');
  expect(readFileSync(path.join(folder, 'file'), 'utf8')).toBe('theirs\n');
});

test('a second name of a file of ours is refused where others could have made it', async () => {
  const { folder, victim, file } = await sharedFolder();
  linkSync(victim, file);
  await expect(openLog(file)).rejects.toThrow('has another name as well (a hard link) in a folder where others may write');
  chmodSync(folder, 0o755);
  await (await openLog(file)).close();
});

testWithStranger('a file in a closed folder of another user may be written to, as whoever chose the path wants', async () => {
  const { folder } = await sharedFolder();
  runAsStranger('mkdir -m 755 own; echo theirs > own/o.log', folder);
  const file = path.join(folder, 'own', 'o.log');
  const log = await openLog(file);
  await log.append(Buffer.from('ours\n'));
  await log.close();
  expect(readFileSync(file, 'utf8')).toBe('theirs\nours\n');
});

testWithStranger('a link of another user that comes in the place of ours is noticed', async () => {
  const { folder, victim, file } = await sharedFolder();
  const target = path.join(folder, 'target.log');
  symlinkSync(target, file);
  const log = await openLog(file);
  onTestFinished(() => log.close());
  expect(await log.isStillAtItsPath()).toBe(true);
  rmSync(file, { force: true });
  runAsStranger('ln -s target.log o.log', folder);
  expect(await log.isStillAtItsPath()).toBe(false);
  rmSync(target, { force: true });
  runAsStranger(`ln -s ${victim} target.log`, folder);
  expect(await log.isStillAtItsPath()).toBe(false);
  expect(existsSync(victim)).toBe(true);
});
