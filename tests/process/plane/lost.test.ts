// The data plane cannot be had for a while: the supervisor works on, says why, tries again for ever, and `kill` works.
import { execFile } from 'node:child_process';
import { rename } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { copyOfToday } from '../../helpers/builds.ts';
import { engineHome, type EngineHome } from '../../helpers/engine-home.ts';
import { isGone } from '../../helpers/is-gone.ts';
import { makeSpec } from '../../helpers/specs.ts';
import { waitFor } from '../../helpers/wait-for.ts';

const run = promisify(execFile);
const sleeper = makeSpec({ name: 'sleeper', args: ['-e', 'setInterval(() => undefined, 1000)'] });
const other = makeSpec({ ...sleeper, name: 'other' });
const environment = { PATH: process.env['PATH'] ?? '' };

/** Both services in this state, or null. */
async function all(home: EngineHome, state: string) {
  const list = await home.list();
  return list.every((one) => one.state === state) ? list : null;
}

async function withoutShimFile() {
  const build = await copyOfToday();
  const home = await engineHome();
  const { shim } = await home.boot(build);
  await home.start(sleeper, other);
  const before = (await home.list()).map((one) => one.pid ?? 0);
  const file = path.join(build, 'shim.cjs');
  await rename(file, `${file}.away`);
  process.kill(shim?.pid ?? 0, 'SIGKILL');
  const lost = await waitFor(async () => {
    const list = await all(home, 'lost');
    return list?.every((one) => one.reason.includes('Cannot find module')) === true ? list : null;
  }, { what: 'the services to be lost' });
  return { home, before, lost, back: () => rename(`${file}.away`, file) };
}

it('a shim that cannot be started: services are lost with the reason, commands say it, and all comes back', async () => {
  const { home, before, lost, back } = await withoutShimFile();
  for (const one of lost) expect(one).toMatchObject({ pid: null, desired: 'up', reason: expect.stringMatching(/cannot be started.*next try in/) as unknown });
  for (const pid of before) expect(await isGone(pid)).toBe(true);
  expect(await home.status()).toMatchObject({ shim: null, shimTrouble: expect.stringContaining('cannot be reached') as unknown, counts: { lost: 2 } });
  expect(await home.client.call('restart', { selectors: ['other'], environment, wait: true })).toMatchObject([{ action: 'failed', message: expect.stringContaining('Cannot find module') as unknown }]);
  expect(await home.start(makeSpec({ ...sleeper, name: 'third' }))).toMatchObject([{ action: 'failed', process: { state: 'lost' } }]);
  expect(await home.client.call('flush', { selectors: ['other'] })).toMatchObject([{ action: 'failed' }]);
  expect(await home.client.call('stop', { selectors: ['sleeper'] })).toMatchObject([{ action: 'stopped', process: { state: 'stopped' } }]);
  await back();
  await waitFor(async () => (await home.list()).filter((one) => one.state === 'online').length === 2, { what: 'two services to be back' });
  expect(await home.one('sleeper')).toMatchObject({ state: 'stopped', desired: 'down' });
  expect(await home.children()).toHaveLength(2);
  expect((await home.list()).every((one) => one.restarts === 0)).toBe(true);
});

it('kill works without a data plane', async () => {
  const { home } = await withoutShimFile();
  await home.kill();
});

async function withStoppedShim() {
  const home = await engineHome();
  const { shim } = await home.boot();
  const pid = shim?.pid ?? 0;
  await home.start(sleeper, other);
  const before = (await home.list()).map((one) => one.pid ?? 0);
  process.kill(pid, 'SIGSTOP');
  onTestFinished(async () => {
    if (!(await isGone(pid))) process.kill(pid, 'SIGCONT');
  });
  expect(await all(home, 'lost')).toMatchObject([{ pid: null }, { pid: null }]);
  return { home, pid, before };
}

it('a stopped shim: nothing hangs, stop ends its service, and the others are found again as they were', async () => {
  const { home, pid, before } = await withStoppedShim();
  expect((await home.one('other')).reason).toContain(`kill -CONT ${pid}`);
  expect(await home.client.call('restart', { selectors: ['other'], environment, wait: true })).toMatchObject([{ action: 'failed' }]);
  expect(await home.client.call('stop', { selectors: ['sleeper'] })).toMatchObject([{ action: 'stopped' }]);
  expect(await Promise.all(before.map(isGone))).toEqual([true, false]);
  process.kill(pid, 'SIGCONT');
  await waitFor(async () => (await home.one('other')).state === 'online', { what: 'the other to be found' });
  expect(await home.one('other')).toMatchObject({ pid: before[1], restarts: 0 });
  expect(await home.one('sleeper')).toMatchObject({ state: 'stopped' });
  expect((await home.status()).shim?.pid).toBe(pid);
});

it('kill counts a service that this supervisor has never met', async () => {
  const home = await engineHome();
  const { owner, shim } = await home.boot();
  await home.start(sleeper);
  process.kill(shim?.pid ?? 0, 'SIGSTOP');
  process.kill(owner?.pid ?? 0, 'SIGKILL');
  await waitFor(() => isGone(owner?.pid ?? 0), { what: 'the supervisor to be gone' });
  await home.boot();
  expect(await home.client.call('kill', {})).toEqual({ stopped: 1 });
  await waitFor(async () => (await isGone(shim?.pid ?? 0)) && (await home.children()).length === 0, { what: 'all to end' });
  await home.boot();
});

it('kill works with a stopped shim', async () => {
  const { home, pid } = await withStoppedShim();
  await home.kill();
  expect(await isGone(pid)).toBe(true);
});

it('no descriptor for two seconds, and a dead shim: all comes back', async () => {
  const home = await engineHome();
  const { owner, shim } = await home.boot();
  await home.start(sleeper, other);
  const limit = (files: string) => run('prlimit', ['--pid', String(owner?.pid), `--nofile=${files}:`]);
  const { stdout } = await run('prlimit', ['--pid', String(owner?.pid), '--nofile', '--output=SOFT', '--noheadings']);
  await limit('10');
  process.kill(shim?.pid ?? 0, 'SIGKILL');
  await waitFor(() => isGone(shim?.pid ?? 0));
  const until = Date.now() + 2000;
  await waitFor(() => Date.now() > until);
  await limit(stdout.trim());
  await waitFor(() => all(home, 'online').catch(() => null), { what: 'the services to be back', timeoutMs: 20_000 });
  expect(await home.children()).toHaveLength(2);
});
