// One owner per home, whoever comes at the same time and whatever an earlier owner left behind.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { homePaths } from '../../electron/platform/home.ts';
import { bundleFixture } from '../helpers/bundle.ts';
import { fillDisk, mountDisk, noDisk } from '../helpers/small-disk.ts';
import { temporaryFolder } from '../helpers/temporary.ts';

function claim(program: string, home: string): { readonly child: ChildProcess; readonly answer: Promise<string> } {
  const child = spawn(process.execPath, [program], { env: { ...process.env, TSPM_HOME: home, TMPDIR: path.dirname(home) }, stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const answer = once(child.stdout.setEncoding('utf8'), 'data').then(([text]) => String(text).trim());
  return { child, answer };
}

async function killOwner(owner: ChildProcess): Promise<void> {
  const gone = once(owner, 'exit');
  owner.kill('SIGKILL');
  await gone;
}

/** So many come at once, over the socket of a dead owner from the second round on. */
async function race(program: string, home: string, rounds: number, racers: number): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    const claims = Array.from({ length: racers }, () => claim(program, home));
    const answers = await Promise.all(claims.map((one) => one.answer));
    expect(answers.filter((answer) => answer === 'owner')).toHaveLength(1);
    expect(answers.filter((answer) => answer === 'client')).toHaveLength(racers - 1);
    if (process.platform !== 'win32') expect((await stat(path.join(home, 'tspm.sock'))).mode & 0o777).toBe(0o600);
    const owner = claims[answers.indexOf('owner')]?.child;
    if (owner !== undefined) await killOwner(owner);
  }
}

it('gives the home to exactly one of many, also over the socket of a dead owner', { timeout: 30_000 }, async () => {
  const folder = await temporaryFolder();
  const home = path.join(folder, 'home');
  await race(await bundleFixture('home-claimer.ts', folder), home, 3, 6);
  // Nobody needed a lock, and no name of a moment is left.
  expect((await readdir(home)).filter((name) => name.startsWith('.s') || name.includes('lock'))).toEqual([]);
});

it('needs no disk space for that', { timeout: 30_000 }, async ({ skip }) => {
  if (noDisk !== null) skip(noDisk);
  const folder = await temporaryFolder();
  const program = await bundleFixture('home-claimer.ts', folder);
  const disk = await temporaryFolder();
  await mountDisk(disk, 1 << 20);
  const home = path.join(disk, 'home');
  const first = claim(program, home);
  expect(await first.answer).toBe('owner');
  await fillDisk(disk);
  await killOwner(first.child);
  await race(program, home, 2, 4);
});

it('finds a short place for the socket of a home with a long path', async () => {
  const folder = await temporaryFolder();
  const program = await bundleFixture('home-claimer.ts', folder);
  const home = path.join(folder, 'x'.repeat(120));
  onTestFinished(() => rm(path.dirname(homePaths({ TSPM_HOME: home }).controlSocket), { recursive: true, force: true }));
  expect(await claim(program, home).answer).toBe('owner');
  expect(await claim(program, home).answer).toBe('client');
});
