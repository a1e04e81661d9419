// Who is killed under load, and who notices.
import { expect, it } from 'vitest';
import { engineHome } from '../../helpers/engine-home.ts';
import { startLoad } from '../../helpers/load/start-load.ts';
import { waitFor } from '../../helpers/wait-for.ts';
import { available, cluster, pids, report } from './clusters.ts';

it.each(available('handoff', 'shared', 'http', 'tcp'))('kill -9 of the supervisor: no request fails (%s)', async (mode) => {
  const home = await engineHome();
  const { owner } = await home.boot();
  const spec = await cluster('naive.mjs', { mode, drainTimeoutMs: 5000 });
  await home.start(spec);
  const before = await pids(home);
  const load = await startLoad({ port: spec.port, slowShare: 0.02 });
  process.kill(owner?.pid ?? 0, 'SIGKILL');
  await waitFor(() => home.status().then((now) => now.owner?.pid !== owner?.pid, () => false), { what: 'another supervisor', timeoutMs: 15_000 });
  const { ok } = await load.look();
  await waitFor(async () => (await load.look()).ok > ok + 200, { what: 'more answers' });
  expect(await pids(home)).toEqual(before);
  await waitFor(async () => (await report(home)).instances.every((one) => one.traffic === 'ready'), { what: 'the cluster to be known again' });
  expect(await load.stop()).toMatchObject({ failed: 0, failures: [] });
  // The new supervisor can do with the cluster what the old one could.
  const outcomes = await home.client.call('scale', { name: 'web', instances: { by: 1 }, wait: true });
  expect(outcomes.map((one) => one.action)).toEqual(['unchanged', 'unchanged', 'started']);
}, 60_000);

it.each(['handoff', 'http', 'tcp'] as const)('kill -9 of an instance: only what it had under way fails, and it comes back (%s)', async (mode) => {
  const home = await engineHome();
  await home.boot();
  const spec = await cluster('naive.mjs', { mode, restartDelayMs: 0 });
  await home.start(spec);
  const load = await startLoad({ port: spec.port, clients: 30, keepAlive: 'mixed', slowShare: 0 });
  const [victim] = await pids(home);
  await waitFor(async () => (await load.look()).ok > 100, { what: 'the load to run' });
  process.kill(victim ?? 0, 'SIGKILL');
  await waitFor(async () => (await report(home)).instances.every((one) => one.pid !== victim && one.traffic === 'ready'), { what: 'the instance to be back' });
  const { ok } = await load.look();
  await waitFor(async () => (await load.look()).ok > ok + 200, { what: 'more answers' });
  const { failed, failures } = await load.stop();
  // Each client has one request under way at the most; half of them at the other instance.
  expect(failed).toBeLessThanOrEqual(mode === 'http' ? 0 : 30);
  for (const { reason } of failures) expect(reason).toMatch(/^(ECONNRESET|EPIPE|closed unanswered|truncated)$/);
  expect((await home.list()).map((one) => one.restarts)).toEqual([1, 0]);
}, 60_000);

it('kill -9 in the middle of a reload: the next supervisor ends what is superfluous, and no request fails', async () => {
  const home = await engineHome();
  const { owner } = await home.boot();
  const spec = await cluster('naive.mjs', { mode: 'handoff', instances: 1 });
  await home.start(spec);
  const load = await startLoad({ port: spec.port, slowShare: 0.2 });
  const reloading = home.client.call('reload', { selectors: ['web'], environment: { PATH: process.env['PATH'] ?? '' }, wait: true }).catch(() => null);
  await waitFor(async () => (await home.children()).length === 2, { what: 'two children of one instance' });
  process.kill(owner?.pid ?? 0, 'SIGKILL');
  await reloading;
  await waitFor(() => home.status().then((now) => now.owner?.pid !== owner?.pid, () => false), { what: 'another supervisor', timeoutMs: 15_000 });
  await waitFor(async () => (await home.children()).length === 1, { what: 'one child', timeoutMs: 20_000 });
  expect(await load.stop()).toMatchObject({ failed: 0, failures: [] });
  expect(await home.list()).toMatchObject([{ state: 'online' }]);
}, 60_000);

it('kill -9 of the shim: the cluster comes back with its instances', async () => {
  const home = await engineHome();
  const { shim } = await home.boot();
  const spec = await cluster('naive.mjs');
  await home.start(spec);
  const before = await pids(home);
  process.kill(shim?.pid ?? 0, 'SIGKILL');
  await waitFor(async () => (await home.list()).every((one) => one.state === 'online' && !before.includes(one.pid)), { what: 'the instances to be back' });
  expect((await fetch(`http://127.0.0.1:${spec.port}/`)).status).toBe(200);
});
