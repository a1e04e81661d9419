// `tspm upgrade`: a new data plane takes the place of the old one, and clusters lose no request over it.
import { rm, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { readJournal } from '../../../electron/supervisor/host/leftovers.ts';
import { frozen } from '../../helpers/builds.ts';
import { engineHome, type EngineHome } from '../../helpers/engine-home.ts';
import { isGone } from '../../helpers/is-gone.ts';
import { startLoad, startTcpLoad } from '../../helpers/load/start-load.ts';
import { makeSpec } from '../../helpers/specs.ts';
import { waitFor } from '../../helpers/wait-for.ts';
import { available, cluster, pids, reload, report as clusterReport } from '../cluster/clusters.ts';

const clean = { failed: 0, failures: [] };
const counter = makeSpec({ name: 'counter', args: ['-e', 'let n = 0; setInterval(() => console.log(n++), 5)'], restartDelayMs: 0 });
const sleeper = makeSpec({ name: 'sleeper', args: ['-e', 'setInterval(() => undefined, 1000)'], instances: 2 });

/** The supervisor of this build over what the other one has started. */
async function bootOver(home: EngineHome): Promise<void> {
  const { owner } = await home.status();
  process.kill(owner?.pid ?? 0, 'SIGKILL');
  await waitFor(() => isGone(owner?.pid ?? 0), { what: 'the supervisor to be gone' });
  await home.boot();
}

async function allOnline(home: EngineHome): Promise<void> {
  await waitFor(async () => (await home.list()).every((one) => one.state === 'online'), { what: 'all to be online' });
}

describe.each(available('handoff', 'http', 'shared'))('a %s cluster', (mode) => {
  it('loses no request when a data plane of this version is replaced', async () => {
    const home = await engineHome();
    const { shim } = await home.boot();
    const spec = await cluster('naive.mjs', { mode });
    await home.start(spec, counter, sleeper);
    const before = await pids(home);
    const load = await startLoad({ port: spec.port, slowShare: 0.02 });

    const report = await home.client.call('upgrade', { force: true });
    expect(report).toMatchObject({ replaced: true });
    expect(report.outcomes.map((one) => `${one.name}:${one.instance} ${one.action}`)).toEqual(['web:0 reloaded', 'web:1 reloaded', 'counter:0 restarted', 'sleeper:0 restarted', 'sleeper:1 restarted']);
    const after = await home.status();
    expect(after.shim?.pid).not.toBe(shim?.pid);
    await waitFor(() => isGone(shim?.pid ?? 0), { what: 'the old data plane to end' });
    for (const pid of await pids(home)) expect(before).not.toContain(pid);
    expect(await home.children()).toHaveLength(5);
    expect(await load.stop()).toMatchObject(clean);

    // It has the old one's place: the next supervisor finds it there.
    await bootOver(home);
    expect((await home.status()).shim).toMatchObject({ pid: after.shim?.pid });
    await allOnline(home);
    expect(await home.children()).toHaveLength(5);
  }, 60_000);
});

it('tcp sessions end by themselves over it', async () => {
  const home = await engineHome();
  await home.boot();
  const spec = await cluster('echo.mjs', { mode: 'tcp', drainTimeoutMs: 5000 });
  await home.start(spec);
  const load = await startTcpLoad({ port: spec.port, clients: 20, sessionMs: 300 });
  expect(await home.client.call('upgrade', { force: true })).toMatchObject({ replaced: true });
  expect(await load.stop()).toMatchObject(clean);
}, 60_000);

it.each(['handoff', 'http', 'tcp', 'shared'] as const)('from 0.1.0: a %s cluster and everything else move to the new data plane', async (mode) => {
  const home = await engineHome();
  const { shim } = await home.boot(frozen('0.1.0'));
  const spec = await cluster(mode === 'tcp' ? 'echo.mjs' : 'naive.mjs', { mode });
  await home.start(spec, counter, sleeper);
  await bootOver(home);
  await allOnline(home);
  expect((await home.status()).shim).toMatchObject({ pid: shim?.pid, version: '0.1.0', older: true });
  const before = await pids(home);
  const report = await home.client.call('upgrade', {});
  expect(report).toMatchObject({ from: '0.1.0', replaced: true });
  expect((await home.status()).shim).toMatchObject({ older: false });
  await waitFor(() => isGone(shim?.pid ?? 0), { what: 'the old data plane to end' });
  await allOnline(home);
  for (const pid of await pids(home)) expect(before).not.toContain(pid);
  expect(await home.children()).toHaveLength(5);
  const { instances, listening } = await clusterReport(home);
  expect([listening, ...instances.map((one) => one.traffic)]).toEqual([true, 'ready', 'ready']);
}, 60_000);

it('goes on after the supervisor was killed in the middle of it', async () => {
  const home = await engineHome();
  const { shim, owner } = await home.boot();
  const spec = await cluster('naive.mjs', { minUptimeMs: 500 });
  await home.start(spec, sleeper);
  const load = await startLoad({ port: spec.port, slowShare: 0 });
  const upgrading = home.client.call('upgrade', { force: true }).catch(() => null);
  await waitFor(async () => (await home.children()).length > 4, { what: 'successors' });
  process.kill(owner?.pid ?? 0, 'SIGKILL');
  await upgrading;
  await home.boot();
  await waitFor(() => isGone(shim?.pid ?? 0), { what: 'the old data plane to end', timeoutMs: 20_000 });
  await allOnline(home);
  await waitFor(async () => (await home.children()).length === 4, { what: 'one copy of each' });
  expect(await load.stop()).toMatchObject(clean);
}, 60_000);

it('leaves a process where it is when its new instances do not become ready', async () => {
  const home = await engineHome();
  const { shim } = await home.boot();
  const crash = `${home.folder}/crash`;
  const program = `if (require('fs').existsSync('${crash}')) process.exit(7); require('http').createServer((_, r) => r.end('{}')).listen(process.env.PORT)`;
  const spec = { ...(await cluster('naive.mjs')), args: ['-e', program] };
  await home.start(spec);
  const before = await pids(home);
  await writeFile(crash, '');
  const report = await home.client.call('upgrade', { force: true });
  expect(report.replaced).toBe(false);
  expect(report.outcomes.map((one) => one.action)).toEqual(['failed', 'failed']);
  expect(report.outcomes[0]?.message).toContain('exited with code 7');
  expect(await pids(home)).toEqual(before);
  expect(await (await fetch(`http://127.0.0.1:${spec.port}/`)).text()).toBe('{}');
  expect((await home.status()).shim).toMatchObject({ pid: shim?.pid });
}, 60_000);

it('has nothing to do where the data plane is of this version', async () => {
  const home = await engineHome();
  await home.boot();
  await home.start(sleeper);
  const before = await pids(home);
  expect(await home.client.call('upgrade', {})).toMatchObject({ replaced: false, outcomes: [] });
  expect(await pids(home)).toEqual(before);
});

/** A cluster that cannot be started while the file is there. */
async function fragile(home: EngineHome, own: Parameters<typeof cluster>[1] = {}) {
  const crash = `${home.folder}/crash`;
  const program = `if (require('fs').existsSync('${crash}')) process.exit(7); require('http').createServer((_, r) => r.end('{}')).listen(process.env.PORT)`;
  return { crash, spec: { ...(await cluster('naive.mjs', { maxRestarts: 50, restartDelayMs: 200, ...own })), args: ['-e', program] } };
}

const answers = (port: number): Promise<boolean> => fetch(`http://127.0.0.1:${port}/`, { headers: { connection: 'close' }, signal: AbortSignal.timeout(5000) }).then((response) => response.ok, () => false);

it.each(['handoff', 'http'] as const)('moves a %s cluster of which nothing runs at the moment', async (mode) => {
  const home = await engineHome();
  await home.boot();
  const { crash, spec } = await fragile(home, { mode, instances: 1, maxRestartDelayMs: 30_000, restartDelayMs: 30_000 });
  await home.start(spec);
  await writeFile(crash, '');
  process.kill((await home.one('web')).pid ?? 0, 'SIGKILL');
  await waitFor(async () => (await home.one('web')).state === 'backoff', { what: 'the pause' });
  expect(await home.client.call('upgrade', { force: true })).toMatchObject({ replaced: true });
  await rm(crash);
  await home.client.call('restart', { selectors: ['web'], environment: { PATH: process.env['PATH'] ?? '' }, wait: true });
  expect(await answers(spec.port)).toBe(true);
  await home.client.call('delete', { selectors: ['web'] });
  await waitFor(async () => !(await answers(spec.port)), { what: 'the port to be closed' });
}, 60_000);

it.each(available('handoff', 'shared'))('what a failed move of a %s cluster left goes on under the next supervisor', async (mode) => {
  const home = await engineHome();
  const { shim } = await home.boot();
  const { crash, spec } = await fragile(home, { mode, instances: 1 });
  await home.start(spec);
  await writeFile(crash, '');
  expect(await home.client.call('upgrade', { force: true })).toMatchObject({ replaced: false });
  expect((await home.status()).shim).toMatchObject({ pid: shim?.pid, older: true });
  expect(await home.client.call('upgrade', {})).toMatchObject({ replaced: false });
  const before = await pids(home);
  await bootOver(home);
  await waitFor(async () => (await home.status()).notices.some(({ message }) => message.includes('stays in the older data plane')), { what: 'the next try' });
  expect(await pids(home)).toEqual(before);
  expect(await answers(spec.port)).toBe(true);
  await rm(crash);
  expect(await home.client.call('upgrade', {})).toMatchObject({ replaced: true });
  expect(await answers(spec.port)).toBe(true);
  expect(await home.children()).toHaveLength(1);
}, 60_000);

it('a reload and an upgrade of the same cluster go one after the other', async () => {
  const home = await engineHome();
  await home.boot();
  const spec = await cluster('naive.mjs');
  await home.start(spec);
  const [reloaded, upgraded] = await Promise.all([reload(home), home.client.call('upgrade', { force: true })]);
  expect(reloaded.map((one) => one.action)).toEqual(['reloaded', 'reloaded']);
  expect(upgraded).toMatchObject({ replaced: true });
  expect(await home.children()).toHaveLength(2);
  expect((await reload(home)).map((one) => one.action)).toEqual(['reloaded', 'reloaded']);
}, 60_000);

it('kill in the middle of it ends both', async () => {
  const home = await engineHome();
  await home.boot();
  await home.start(await cluster('naive.mjs', { minUptimeMs: 500 }), sleeper);
  const upgrading = home.client.call('upgrade', { force: true }).catch(() => null);
  const journals = [home.paths.shimJournal, home.paths.nextShimJournal];
  const shims = await waitFor(async () => {
    const found = await Promise.all(journals.map((file) => readJournal(file)));
    return found.every((one) => one !== null) ? found.map((one) => one?.shimPid ?? 0) : null;
  }, { what: 'two shims' });
  await home.client.call('kill', {});
  await upgrading;
  await waitFor(async () => (await Promise.all(shims.map(isGone))).every(Boolean), { what: 'both shims to end' });
  expect(await home.children()).toEqual([]);
  await home.boot();
}, 60_000);

it('a new data plane that cannot be reached for a moment is not forgotten', async () => {
  const home = await engineHome();
  await home.boot();
  const { crash, spec } = await fragile(home, { instances: 1 });
  await home.start(sleeper, spec);
  await writeFile(crash, '');
  expect(await home.client.call('upgrade', { force: true })).toMatchObject({ replaced: false });
  const next = (await readJournal(home.paths.nextShimJournal))?.shimPid ?? 0;
  const before = await home.children();
  process.kill(next, 'SIGSTOP');
  const { owner } = await home.status();
  process.kill(owner?.pid ?? 0, 'SIGKILL');
  await waitFor(() => isGone(owner?.pid ?? 0), { what: 'the supervisor to be gone' });
  await home.boot();
  await waitFor(async () => (await home.list()).some((one) => one.state === 'lost'), { what: 'the sleepers to be lost' });
  process.kill(next, 'SIGCONT');
  await allOnline(home);
  // The upgrade goes on, and tries the cluster once more meanwhile.
  await waitFor(async () => JSON.stringify([...(await home.children())].sort()) === JSON.stringify([...before].sort()), { what: 'the same children as before' });
}, 60_000);
