// Up, down, and kept; and what is refused leaves the cluster as it is.
import { createServer } from 'node:http';
import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { portAccepts } from '../../../electron/supervisor/lifecycle/readiness.ts';
import { engineHome, type EngineHome } from '../../helpers/engine-home.ts';
import { freePort } from '../../helpers/free-port.ts';
import { startLoad } from '../../helpers/load/start-load.ts';
import { waitFor } from '../../helpers/wait-for.ts';
import { actions, available, cluster, pids, report } from './clusters.ts';

const scale = (home: EngineHome, instances: { to: number } | { by: number } | 'max') => home.client.call('scale', { name: 'web', instances, wait: true });
const environment = { PATH: process.env['PATH'] ?? '' };

/** Somebody else on a port. */
async function occupy(port: number): Promise<void> {
  const server = createServer((_, response) => response.end('stranger')).listen(port, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
}

it.each(available('handoff', 'shared', 'http'))('down and up under load: no request is lost (%s)', async (mode) => {
  const home = await engineHome();
  await home.boot();
  const spec = await cluster('naive.mjs', { mode, instances: 4 });
  await home.start(spec);
  const [first, second] = await pids(home);
  const load = await startLoad({ port: spec.port, slowShare: 0.02 });
  expect(actions(await scale(home, { by: -2 }))).toEqual(['web:0 unchanged', 'web:1 unchanged', 'web:2 deleted', 'web:3 deleted']);
  expect(await pids(home)).toEqual([first, second]);
  expect(actions(await scale(home, { to: 3 }))).toEqual(['web:0 unchanged', 'web:1 unchanged', 'web:2 started']);
  expect(await load.stop()).toMatchObject({ failed: 0, failures: [] });
  expect(await home.children()).toHaveLength(3);
}, 60_000);

it('stays over restarts and a new supervisor, until the config names another number', async () => {
  const home = await engineHome();
  const { owner } = await home.boot();
  const spec = await cluster('naive.mjs');
  await home.start(spec);
  await scale(home, { by: 1 });
  expect(actions(await home.start(spec))).toEqual(['web:0 unchanged', 'web:1 unchanged', 'web:2 unchanged']);
  expect(await home.client.call('restart', { selectors: ['web'], environment, wait: true })).toHaveLength(3);
  process.kill(owner?.pid ?? 0, 'SIGKILL');
  await waitFor(() => home.status().then((now) => now.owner?.pid !== owner?.pid, () => false), { what: 'another supervisor', timeoutMs: 15_000 });
  expect(actions(await home.start(spec))).toHaveLength(3);
  expect(actions(await home.start({ ...spec, instances: 1 }))).toEqual(['web:0 unchanged']);
  expect(await home.list()).toHaveLength(1);
});

it('refuses what makes no sense, and touches nothing', async () => {
  const home = await engineHome();
  await home.boot();
  await home.start(await cluster('naive.mjs'));
  const before = await pids(home);
  await expect(scale(home, { by: -2 })).rejects.toMatchObject({ code: 'invalid-input', message: 'web has 2 instances and would have 0; at least 1 is needed (tspm stop web stops it)' });
  await expect(scale(home, { by: 511 })).rejects.toMatchObject({ code: 'invalid-input', message: expect.stringContaining('at most 512') as unknown });
  await expect(scale(home, { to: 0 })).rejects.toMatchObject({ code: 'invalid-input' });
  await expect(home.client.call('scale', { name: 'nobody', instances: { to: 1 }, wait: true })).rejects.toMatchObject({ code: 'nothing-matched' });
  expect(await pids(home)).toEqual(before);
});

it('a stopped cluster gives its port back, and scaling it starts nothing', async () => {
  const home = await engineHome();
  await home.boot();
  const spec = await cluster('naive.mjs');
  await home.start(spec);
  await home.client.call('stop', { selectors: ['web'] });
  await waitFor(async () => !(await portAccepts(spec.port)), { what: 'the port to be free' });
  expect(await report(home)).toMatchObject({ listening: false });
  await scale(home, { to: 3 });
  expect((await home.list()).map((one) => one.state)).toEqual(['stopped', 'stopped', 'stopped']);
  await home.client.call('resume', { selectors: ['web'], environment, wait: true });
  expect((await report(home)).instances.map((one) => one.traffic)).toEqual(['ready', 'ready', 'ready']);
});

it('names the holder of a port that is in use, and does not move a running cluster there', async () => {
  const home = await engineHome();
  await home.boot();
  const taken = await freePort();
  await occupy(taken);
  const [refused] = await home.start(await cluster('naive.mjs', { name: 'late', port: taken, instances: 1, maxRestarts: 0 }));
  const holder = process.platform === 'linux' ? ` by pid ${process.pid} (` : '';
  expect(refused).toMatchObject({ action: 'failed', message: expect.stringContaining(`port ${taken} is in use already${holder}`) as unknown });

  const spec = await cluster('naive.mjs');
  await home.start(spec);
  const before = await pids(home);
  const load = await startLoad({ port: spec.port, slowShare: 0 });
  for (const wrong of [{ port: taken }, { host: '192.0.2.1' }, { host: 'no.such.host.invalid' }]) {
    await expect(home.start({ ...spec, ...wrong })).rejects.toMatchObject({ code: 'failed', message: expect.stringMatching(/^web: .*Nothing was changed\.$/) as unknown });
  }
  expect(await load.stop()).toMatchObject({ failed: 0 });
  expect((await pids(home)).slice(-2)).toEqual(before.slice(-2));
});

it('moves to another port and another address without a restart, while requests are under way', async () => {
  const home = await engineHome();
  await home.boot();
  const spec = await cluster('naive.mjs', { mode: 'http' });
  await home.start(spec);
  const before = await pids(home);
  const slow = fetch(`http://127.0.0.1:${spec.port}/slow`);
  const port = await freePort();
  expect(await home.start({ ...spec, port, host: '0.0.0.0' })).toMatchObject([{ action: 'updated', changed: ['port', 'host'] }, { action: 'updated' }]);
  expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);
  expect(await portAccepts(spec.port)).toBe(false);
  expect((await slow).status).toBe(200);
  await home.start({ ...spec, port, host: '127.0.0.1' });
  expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);
  expect(await pids(home)).toEqual(before);
});

it.runIf(process.platform !== 'win32')('another mode comes with a restart, to and from shared too', async () => {
  const home = await engineHome();
  await home.boot();
  const spec = await cluster('naive.mjs', { mode: 'http' });
  const other = (mode: 'handoff' | 'tcp' | 'shared') => ({ ...spec, balancer: { ...spec.balancer, mode } });
  await home.start(spec);
  expect(await home.start(other('tcp'))).toMatchObject([{ action: 'restarted', changed: ['balancer.mode'] }, { action: 'restarted' }]);
  expect(await report(home)).toMatchObject({ mode: 'tcp', instances: [{ traffic: 'ready' }, { traffic: 'ready' }] });
  expect(await home.start(other('shared'))).toMatchObject([{ action: 'restarted' }, { action: 'restarted' }]);
  expect((await fetch(`http://127.0.0.1:${spec.port}/`)).status).toBe(200);
  expect(await report(home)).toMatchObject({ mode: 'shared', instances: [{ traffic: 'ready' }, { traffic: 'ready' }] });
  expect(await home.start(other('handoff'))).toMatchObject([{ action: 'restarted' }, { action: 'restarted' }]);
  expect((await fetch(`http://127.0.0.1:${spec.port}/`)).status).toBe(200);
});

it('a process that was no cluster becomes one, and the other way round', async () => {
  const home = await engineHome();
  await home.boot();
  const spec = await cluster('naive.mjs', { instances: 1 });
  const alone = { ...spec, balancer: { ...spec.balancer, mode: 'none' as const } };
  for (const one of [alone, spec, alone]) {
    expect(await home.start(one)).toMatchObject([{ message: '' }]);
    expect((await fetch(`http://127.0.0.1:${spec.port}/`)).status).toBe(200);
  }
  expect(await home.client.call('clusters', {})).toEqual([]);
});

it('commands that meet a scale-down under way: each ends, and the last one has its way', async () => {
  const home = await engineHome();
  await home.boot();
  const spec = await cluster('naive.mjs', { instances: 3 });
  await home.start(spec);
  const slow = Array.from({ length: 3 }, () => fetch(`http://127.0.0.1:${spec.port}/slow`).catch(() => null));
  await waitFor(async () => (await report(home)).instances.every((one) => one.open === 1), { what: 'a slow request at each instance' });
  const down = scale(home, { to: 1 });
  await waitFor(async () => (await report(home)).instances.some((one) => one.traffic === 'draining'), { what: 'instances to drain' });
  expect(actions(await scale(home, { to: 3 }))).toEqual(['web:0 unchanged', 'web:1 started', 'web:2 started']);
  await Promise.all([down, ...slow]);
  await waitFor(async () => (await report(home)).instances.filter((one) => one.traffic === 'ready').length === 3, { what: 'three that are ready' });
  expect((await home.list()).map((one) => one.state)).toEqual(['online', 'online', 'online']);
  expect(await home.children()).toHaveLength(3);

  // Twice the same: both wait for the same end.
  const more = Array.from({ length: 3 }, () => {
    const socket = connect(spec.port, '127.0.0.1');
    socket.write('GET /slow HTTP/1.1\r\nHost: web\r\nConnection: close\r\n\r\n');
    return text(socket);
  });
  await waitFor(async () => (await report(home)).instances.every((one) => (one.open ?? 0) >= 1), { what: 'a slow request at each instance' });
  await Promise.all([scale(home, { to: 1 }), scale(home, { to: 1 })]);
  for (const answer of await Promise.all(more)) expect(answer).toMatch(/^HTTP\/1.1 200 /);
  expect(await home.children()).toHaveLength(1);
}, 30_000);
