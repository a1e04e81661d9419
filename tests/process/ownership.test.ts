// One owner per home, whoever comes at the same time and whatever an earlier owner left behind.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { bundleFixture } from '../helpers/bundle.ts';
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

it('gives the home to exactly one of many, also over the socket of a dead owner', async () => {
  const folder = await temporaryFolder();
  const program = await bundleFixture('home-claimer.ts', folder);
  const home = path.join(folder, 'home');
  for (let round = 0; round < 3; round++) {
    const claims = Array.from({ length: 6 }, () => claim(program, home));
    const answers = await Promise.all(claims.map((one) => one.answer));
    expect(answers.filter((answer) => answer === 'owner')).toHaveLength(1);
    if (process.platform !== 'win32') expect((await stat(path.join(home, 'tspm.sock'))).mode & 0o777).toBe(0o600);
    const owner = claims[answers.indexOf('owner')]?.child;
    if (owner !== undefined) await killOwner(owner);
  }
});

it('is not kept out by the lock of a claimer that died', async () => {
  const folder = await temporaryFolder();
  const program = await bundleFixture('home-claimer.ts', folder);
  const home = path.join(folder, 'home');
  const first = claim(program, home);
  expect(await first.answer).toBe('owner');
  await killOwner(first.child);
  await writeFile(path.join(home, 'takeover.lock'), JSON.stringify({ pid: first.child.pid, startTime: '1' }));
  expect(await claim(program, home).answer).toBe('owner');
});

it('finds a short place for the socket of a home with a long path', async () => {
  const folder = await temporaryFolder();
  const program = await bundleFixture('home-claimer.ts', folder);
  const home = path.join(folder, 'x'.repeat(120));
  expect(await claim(program, home).answer).toBe('owner');
  expect(await claim(program, home).answer).toBe('client');
});
