// Signals that were meant for something else end neither plane and open no inspector; SIGTERM ends the shim in order, and services come back.
import { readdir, readFile, readlink } from 'node:fs/promises';
import { constants } from 'node:os';
import { expect, it } from 'vitest';
import { engineHome } from '../../helpers/engine-home.ts';
import { isGone } from '../../helpers/is-gone.ts';
import { makeSpec } from '../../helpers/specs.ts';
import { waitFor } from '../../helpers/wait-for.ts';

const sleeper = makeSpec({ name: 'sleeper', command: 'sleep', args: ['1000'] });
const meantForOthers = ['SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2', 'SIGALRM', 'SIGVTALRM', 'SIGPROF', 'SIGPIPE', 'SIGIO', 'SIGPWR', 'SIGSTKFLT', 'SIGXCPU', 'SIGXFSZ', 'SIGTSTP', 'SIGTTIN', 'SIGTTOU', 'SIGURG', 'SIGWINCH', 'SIGCONT'] as const;

/** TCP sockets on which a process listens. */
async function listening(pid: number): Promise<readonly string[]> {
  const tables = await Promise.all(['tcp', 'tcp6'].map((name) => readFile(`/proc/${pid}/net/${name}`, 'utf8').catch(() => '')));
  const inodes = new Set(tables.join('\n').split('\n').map((line) => line.trim().split(/\s+/)).filter((fields) => fields[3] === '0A').map((fields) => fields[9]));
  const links = await Promise.all((await readdir(`/proc/${pid}/fd`)).map((fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')));
  return links.filter((link) => inodes.has(/^socket:\[(\d+)\]$/.exec(link)?.[1]));
}

it('every signal that can be caught, SIGTERM aside, is ignored by both planes', async () => {
  const home = await engineHome();
  const { owner, shim } = await home.boot();
  await home.start(sleeper);
  const before = (await home.list()).map((one) => one.pid);
  const planes = [shim?.pid ?? 0, owner?.pid ?? 0];
  for (const name of meantForOthers) {
    if (!(name in constants.signals)) continue;
    for (const pid of planes) process.kill(pid, name);
    expect((await home.status()).shim, name).toMatchObject({ pid: planes[0] });
  }
  process.kill(planes[0] ?? 0, 'SIGINT');
  const after = await home.status();
  expect([after.shim?.pid, after.owner?.pid]).toEqual(planes);
  expect((await home.list()).map((one) => one.pid)).toEqual(before);
  for (const pid of planes) expect(await listening(pid)).toEqual([]);
  // What a plane ignores is not ignored by what it starts.
  await home.client.call('restart', { selectors: ['sleeper'], environment: { PATH: process.env['PATH'] ?? '' }, wait: true });
  const status = await readFile(`/proc/${(await home.one('sleeper')).pid ?? 0}/status`, 'utf8');
  expect(/SigIgn:\s*(\w+)/.exec(status)?.[1]).toMatch(/^0+$/);
});

it('SIGTERM to the shim: services get their signal and their time, and are brought back by another one', async () => {
  const home = await engineHome();
  const { shim, owner } = await home.boot();
  const polite = makeSpec({ name: 'polite', args: ['-e', "process.on('SIGINT', () => { console.log('bye'); process.exit(0); }); console.log('hello'); setInterval(() => undefined, 1000)"], killSignal: 'SIGINT', killTimeoutMs: 5000 });
  await home.start(polite, sleeper);
  await waitFor(async () => (await home.log('polite-0.out.log')).includes('hello'));
  const before = (await home.list()).map((one) => one.pid ?? 0);
  process.kill(shim?.pid ?? 0, 'SIGTERM');
  await waitFor(() => isGone(shim?.pid ?? 0), { what: 'the shim to end' });
  await waitFor(async () => (await home.list()).every((one) => one.state === 'online' && !before.includes(one.pid ?? 0)), { what: 'the services to be back' });
  expect(await home.log('polite-0.out.log')).toContain('bye');
  for (const pid of before) expect(await isGone(pid)).toBe(true);
  expect((await home.list()).map((one) => one.restarts)).toEqual([0, 0]);
  const report = await home.status();
  expect(report.owner?.pid).toBe(owner?.pid);
  expect(report.notices.map((one) => one.message)).toContainEqual(expect.stringContaining('SIGTERM'));
  expect(await home.children()).toHaveLength(2);
});

it('SIGTERM to both at once, as when the machine goes down: everything ends, and nobody is started for it', async () => {
  const home = await engineHome();
  const { shim, owner } = await home.boot();
  await home.start(sleeper);
  for (const pid of [shim?.pid ?? 0, owner?.pid ?? 0]) process.kill(pid, 'SIGTERM');
  await waitFor(async () => (await isGone(shim?.pid ?? 0)) && (await isGone(owner?.pid ?? 0)) && (await home.children()).length === 0, { what: 'everything to end' });
  await home.boot();
  await waitFor(async () => (await home.list()).every((one) => one.state === 'online'), { what: 'the service to be back' });
});
