// The promise: the manager may die at any moment, and the services never notice.
import { expect, it } from 'vitest';
import { isGone } from '../helpers/is-gone.ts';
import { engineHome, type EngineHome } from '../helpers/engine-home.ts';
import { makeSpec } from '../helpers/specs.ts';
import { waitFor } from '../helpers/wait-for.ts';

/** Prints consecutive numbers without end. */
const counter = makeSpec({
  name: 'counter',
  command: process.execPath,
  args: ['-e', 'let n = 0; setInterval(() => console.log(n++), 5)'],
  restartDelayMs: 0,
});
const sleeper = makeSpec({ name: 'sleeper', args: ['-e', 'setInterval(() => undefined, 1000)'], instances: 2 });

const pidsOf = async (home: EngineHome) => (await home.list()).map((one) => one.pid);

/** Numbers in the log, in order, without one that is missing. */
async function expectGapless(home: EngineHome, atLeast: number): Promise<void> {
  const numbers = await waitFor(async () => {
    const lines = (await home.log('counter-0.out.log')).split('\n').slice(0, -1).map(Number);
    return lines.length >= atLeast ? lines : null;
  });
  expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, index) => index));
}

async function supervisorBack(home: EngineHome, old: number): Promise<void> {
  await waitFor(() => home.status().then((report) => report.owner?.pid !== old, () => false), { what: 'another supervisor', timeoutMs: 15_000 });
}

it('kill -9 of the supervisor: no restart, no lost line, real exit codes, and another one within 3 s', async () => {
  const home = await engineHome();
  const booting = Date.now();
  const { owner } = await home.boot();
  const bootMs = Date.now() - booting;
  const job = makeSpec({ name: 'job', autorestart: false, args: ['-e', "process.on('SIGUSR2', () => process.exit(42)); console.log('up'); setInterval(() => undefined, 1000)"] });
  await home.start(counter, sleeper, job);
  await waitFor(async () => (await home.log('job-0.out.log')).includes('up'));
  const before = await pidsOf(home);
  const jobPid = (await home.one('job')).pid ?? 0;

  process.kill(owner?.pid ?? 0, 'SIGKILL');
  const killedAt = Date.now();
  process.kill(jobPid, 'SIGUSR2');
  await waitFor(() => isGone(jobPid), { what: 'the job to end' });
  await supervisorBack(home, owner?.pid ?? 0);
  // 2 s of patience and the time that an engine takes to boot, which depends on what else the machine does.
  expect(Date.now() - killedAt).toBeLessThan(Math.max(3000, 2500 + 2 * bootMs));

  const after = await home.list();
  expect(after.filter((one) => one.name !== 'job').map((one) => one.pid)).toEqual(before.filter((pid) => pid !== jobPid));
  expect(after.every((one) => one.restarts === 0)).toBe(true);
  expect(await home.one('job')).toMatchObject({ state: 'errored', lastExit: { code: 42, signal: null }, reason: expect.stringContaining('code 42') as unknown });
  expect((await home.status()).notices.map((one) => one.message)).toContainEqual(expect.stringContaining('job:0 exited with code 42'));
  await expectGapless(home, 300);
});

it('kill -9 of the shim: no orphan, no duplicate, services back within 5 s, and it is reported', async () => {
  const home = await engineHome();
  const { shim } = await home.boot();
  await home.start(sleeper);
  const before = await pidsOf(home);

  process.kill(shim?.pid ?? 0, 'SIGKILL');
  const killedAt = Date.now();
  const after = await waitFor(async () => {
    const list = await home.list();
    return list.every((one) => one.state === 'online' && !before.includes(one.pid)) ? list : null;
  });
  expect(Date.now() - killedAt).toBeLessThan(5000);
  for (const pid of before) expect(await isGone(pid ?? 0)).toBe(true);
  expect([...(await home.children())].sort()).toEqual(after.map((one) => one.pid).sort());
  const report = await home.status();
  expect(report.shim?.pid).not.toBe(shim?.pid);
  expect(report.notices.map((one) => one.message)).toContainEqual(expect.stringContaining('the shim died'));
});

it('kill -9 of both: the next command finds the truth', async () => {
  const home = await engineHome();
  const { shim, owner } = await home.boot();
  await home.start(sleeper, makeSpec({ ...sleeper, name: 'idle', instances: 1 }));
  await home.client.call('stop', { selectors: ['idle'] });
  const before = (await pidsOf(home)).filter((pid) => pid !== null);

  process.kill(shim?.pid ?? 0, 'SIGKILL');
  process.kill(owner?.pid ?? 0, 'SIGKILL');
  await waitFor(() => isGone(owner?.pid ?? 0), { what: 'the supervisor to be gone' });
  await home.boot();

  const after = await waitFor(async () => {
    const list = await home.list();
    return list.filter((one) => one.state === 'online').length === 2 ? list : null;
  });
  for (const pid of before) expect(await isGone(pid)).toBe(true);
  expect(after.find((one) => one.name === 'idle')).toMatchObject({ state: 'stopped', desired: 'down' });
  expect(await home.children()).toHaveLength(2);
});

it('SIGTERM to the supervisor: the services run on', async () => {
  const home = await engineHome();
  const { owner } = await home.boot();
  await home.start(sleeper);
  const before = await pidsOf(home);
  process.kill(owner?.pid ?? 0, 'SIGTERM');
  await supervisorBack(home, owner?.pid ?? 0);
  expect(await pidsOf(home)).toEqual(before);
});
