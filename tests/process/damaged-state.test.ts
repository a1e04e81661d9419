// A state file that is damaged while no supervisor runs: what runs goes on, and the next supervisor says what happened.
import { readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { readJournal } from '../../electron/supervisor/host/leftovers.ts';
import { previousStatus } from '../../electron/supervisor/state/read-status.ts';
import { engineHome, type EngineHome } from '../helpers/engine-home.ts';
import { isGone } from '../helpers/is-gone.ts';
import { makeSpec } from '../helpers/specs.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { cluster } from './cluster/clusters.ts';

const sleeper = (name: string) => makeSpec({ name, args: ['-e', 'setInterval(() => {}, 1e6)'], autorestart: true });

async function withTwoServices(): Promise<{ readonly home: EngineHome; readonly pids: () => Promise<Readonly<Record<string, number | null>>> }> {
  const home = await engineHome();
  await home.boot();
  await home.start(sleeper('api'));
  await home.start(sleeper('web'));
  return { home, pids: async () => Object.fromEntries((await home.list()).map((one) => [one.name, one.pid])) };
}

async function killSupervisor(home: EngineHome): Promise<void> {
  const { owner } = await home.status();
  const pid = owner?.pid ?? 0;
  process.kill(pid, 'SIGKILL');
  await waitFor(() => isGone(pid), { what: 'the supervisor to end' });
}

it('uses the file before, and ends nothing', async () => {
  const { home, pids } = await withTwoServices();
  const before = await pids();
  // The file before is that of a moment at which both were known.
  await home.client.call('reset', { selectors: ['api'] });
  await killSupervisor(home);
  await truncate(home.paths.status, 100);
  const { notices } = await home.boot();
  expect(await pids()).toEqual(before);
  expect(notices.map((one) => one.message).join()).toContain('the state before it is used');
  expect((await readdir(home.paths.home)).filter((name) => name.startsWith('status.json.damaged-'))).toHaveLength(1);
  await waitFor(async () => (await home.list()).every((one) => one.state === 'online'), { what: 'both to be online' });
});

it('keeps what runs when no file can be used, and takes definitions again without a restart', async () => {
  const { home, pids } = await withTwoServices();
  const before = await pids();
  await killSupervisor(home);
  await writeFile(home.paths.status, 'x'.repeat(1000));
  await writeFile(previousStatus(home.paths.status), '');
  await home.boot();
  expect(await pids()).toEqual(before);
  await waitFor(async () => (await home.list()).every((one) => one.state === 'online'), { what: 'both to be online' });
  expect(await home.one('api')).toMatchObject({ desired: 'up', command: process.execPath });

  // Without its definition it cannot be started again, so it is not stopped for that.
  await expect(home.client.call('restart', { selectors: ['api'], wait: true })).rejects.toMatchObject({ code: 'failed', message: expect.stringContaining('definition was lost') as unknown });
  await killSupervisor(home);
  await home.boot();
  expect(await pids()).toEqual(before);

  const [outcome] = await home.start(sleeper('api'));
  expect(outcome).toMatchObject({ action: 'updated', process: { pid: before['api'], state: 'online' } });
  const [restarted] = await home.start(makeSpec({ ...sleeper('api'), env: { FRESH: '1' } }));
  expect(restarted).toMatchObject({ action: 'restarted', changed: ['env.FRESH'] });

  const [stopped] = await home.client.call('stop', { selectors: ['web'] });
  expect(stopped).toMatchObject({ action: 'stopped' });
  expect(await isGone(before['web'] ?? 0)).toBe(true);
  const [refused] = await home.client.call('resume', { selectors: ['web'], wait: true }).catch((error: unknown) => [error]);
  expect(refused).toMatchObject({ code: 'failed' });
  await home.client.call('delete', { selectors: ['web'] });
  expect((await home.list()).map((one) => one.name)).toEqual(['api']);
});

it('keeps what runs, and can end it, over a file without end', async () => {
  const { home, pids } = await withTwoServices();
  const before = await pids();
  await killSupervisor(home);
  await truncate(home.paths.status, 3 * 1024 ** 3);
  await rm(previousStatus(home.paths.status), { force: true });
  await home.boot();
  expect(await pids()).toEqual(before);
  // The state is written again.
  await home.client.call('reset', { selectors: ['all'] });
  expect(JSON.parse(await readFile(home.paths.status, 'utf8'))).toMatchObject({ processes: [{ recovered: true }, { recovered: true }] });
  expect(await home.client.call('kill', {})).toEqual({ stopped: 2 });
  await home.boot();
});

it('ends a child that a whole list does not name', async () => {
  const { home, pids } = await withTwoServices();
  const before = await pids();
  await killSupervisor(home);
  const state = JSON.parse(await readFile(home.paths.status, 'utf8')) as { processes: { spec: { name: string } }[] };
  await writeFile(home.paths.status, JSON.stringify({ ...state, processes: state.processes.filter((one) => one.spec.name === 'api') }));
  await home.boot();
  await waitFor(() => isGone(before['web'] ?? 0), { what: 'the child that was deleted to end' });
  expect(await pids()).toEqual({ api: before['api'] });
});

it('keeps what runs in two data planes, also when a supervisor dies before it has met the second', async () => {
  const { home } = await withTwoServices();
  const crash = path.join(home.folder, 'crash');
  const program = `if (require('fs').existsSync('${crash}')) process.exit(7); require('http').createServer((_, r) => r.end()).listen(process.env.PORT)`;
  await home.start({ ...(await cluster('naive.mjs', { instances: 1 })), name: 'fragile', args: ['-e', program] });
  await writeFile(crash, '');
  // It stays behind; the others have moved.
  expect(await home.client.call('upgrade', { force: true })).toMatchObject({ replaced: false });
  const before = [...(await home.children())].sort();
  const older = (await readJournal(home.paths.shimJournal))?.shimPid ?? 0;
  process.kill(older, 'SIGSTOP');
  await killSupervisor(home);
  await writeFile(home.paths.status, '{');
  await writeFile(previousStatus(home.paths.status), '{');
  await home.boot();
  await waitFor(async () => (await home.list()).length === 2, { what: 'what the newer data plane holds' });
  await home.client.call('reset', { selectors: ['all'] });
  await killSupervisor(home);
  process.kill(older, 'SIGCONT');
  await home.boot();
  await waitFor(async () => (await home.list()).length === 3, { what: 'what both data planes hold' });
  expect([...(await home.children())].sort()).toEqual(before);
  expect((await home.status()).notices.map((one) => one.message).join()).not.toContain('it is ended');
}, 60_000);
