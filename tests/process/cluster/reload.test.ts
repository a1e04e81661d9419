// Reload without a lost request: constant load of keep-alive and short connections with slow requests among them, against servers
// that know nothing of reloads.
import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { engineHome } from '../../helpers/engine-home.ts';
import { startLoad, startTcpLoad } from '../../helpers/load/start-load.ts';
import { waitFor } from '../../helpers/wait-for.ts';
import { actions, available, cluster, pids, reload, report } from './clusters.ts';

const clean = { failed: 0, failures: [] };

describe.each(available('handoff', 'shared', 'http'))('%s', (mode) => {
  it.each([2, 1])('loses no request over reloads of %d instances', async (instances) => {
    const home = await engineHome();
    await home.boot();
    const spec = await cluster('naive.mjs', { mode, instances });
    await home.start(spec);
    const load = await startLoad({ port: spec.port, slowShare: 0.02 });
    for (let round = 0; round < 2; round += 1) {
      const before = await pids(home);
      const outcomes = await reload(home);
      expect(outcomes.map((one) => one.action)).toEqual(Array.from({ length: instances }, () => 'reloaded'));
      expect(outcomes.map((one) => one.message.replace(/.*started as it was/, ''))).toEqual(Array.from({ length: instances }, () => ''));
      for (const pid of await pids(home)) expect(before).not.toContain(pid);
    }
    const told = await load.stop();
    expect(told).toMatchObject(clean);
    expect(Object.keys(told.perPid).length).toBeGreaterThanOrEqual(3 * instances);
    expect(await home.children()).toHaveLength(instances);
  }, 60_000);
});

it('tcp: sessions that end by themselves are not cut, others are cut when the time is over and counted', async () => {
  const home = await engineHome();
  await home.boot();
  const spec = await cluster('echo.mjs', { mode: 'tcp', drainTimeoutMs: 5000 });
  await home.start(spec);
  const load = await startTcpLoad({ port: spec.port, clients: 20, sessionMs: 300 });
  expect(actions(await reload(home))).toEqual(['web:0 reloaded', 'web:1 reloaded']);
  expect(await load.stop()).toMatchObject(clean);

  await home.start({ ...spec, drainTimeoutMs: 200 });
  const open = Array.from({ length: 5 }, () => connect(spec.port, '127.0.0.1').on('error', () => undefined));
  onTestFinished(() => open.forEach((socket) => void socket.destroy()));
  await waitFor(async () => (await report(home)).instances.reduce((sum, one) => sum + (one.open ?? 0), 0) === 5, { what: 'the connections to be open' });
  const outcomes = await reload(home);
  const cut = outcomes.map((one) => Number(/(\d+) connections? (?:was|were) cut/.exec(one.message)?.[1] ?? 0));
  expect(cut.reduce((sum, one) => sum + one, 0)).toBe(5);
}, 60_000);

it('stops when a new instance does not become ready, and the old ones stay in service', async () => {
  const home = await engineHome();
  await home.boot();
  const spec = await cluster('naive.mjs', { env: { CRASH_FILE: `${home.folder}/crash` } });
  await home.start({ ...spec, args: ['-e', crashing] });
  const before = await pids(home);
  const load = await startLoad({ port: spec.port, slowShare: 0 });
  await writeFile(`${home.folder}/crash`, '');
  const outcomes = await reload(home);
  expect(actions(outcomes)).toEqual(['web:0 failed', 'web:1 unchanged']);
  expect(outcomes[0]?.message).toContain('exited with code 7');
  expect(outcomes[0]?.lastLines.join('\n')).toContain('cannot go on');
  expect(await pids(home)).toEqual(before);
  expect(await load.stop()).toMatchObject(clean);
  expect((await report(home)).instances.map((one) => one.traffic)).toEqual(['ready', 'ready']);
  expect(await home.children()).toHaveLength(2);
}, 30_000);

/** Serves, unless the file is there: then it says so and ends. */
const crashing = `if (require('fs').existsSync(process.env.CRASH_FILE)) { console.error('cannot go on'); process.exit(7); }
  require('http').createServer((_, r) => r.end(JSON.stringify({ instance: process.env.NODE_APP_INSTANCE, pid: process.pid }))).listen(process.env.PORT)`;

it('overlapping reloads become one', async () => {
  const home = await engineHome();
  await home.boot();
  const spec = await cluster('naive.mjs');
  await home.start(spec);
  const all = await Promise.all([reload(home), reload(home), reload(home), reload(home)]);
  for (const outcomes of all) expect(actions(outcomes)).toEqual(['web:0 reloaded', 'web:1 reloaded']);
  // The first one, and one for the three that came while it was under way.
  expect((await home.one('web:0')).run).toBe(3);
  expect(await home.children()).toHaveLength(2);
});

it('stop in the middle of a reload ends everything, what drains too', async () => {
  const home = await engineHome();
  await home.boot();
  const spec = await cluster('naive.mjs');
  await home.start(spec);
  const slow = fetch(`http://127.0.0.1:${spec.port}/slow`).catch(() => null);
  await waitFor(async () => (await report(home)).instances.some((one) => one.open === 1), { what: 'a slow request' });
  const reloading = reload(home);
  await waitFor(async () => (await report(home)).instances.some((one) => one.traffic === 'draining'), { what: 'the first to drain' });
  const begin = Date.now();
  await home.client.call('stop', { selectors: ['web'] });
  await reloading;
  expect(Date.now() - begin).toBeLessThan(1500);
  await slow;
  expect(await home.children()).toEqual([]);
  expect((await home.list()).map((one) => one.state)).toEqual(['stopped', 'stopped']);
});

it('stop at any moment of a reload has the last word', async () => {
  const home = await engineHome();
  await home.boot();
  const spec = await cluster('naive.mjs', { minUptimeMs: 0 });
  for (let moment = 1; moment <= 20; moment += 1) {
    await home.start(spec);
    const heard = new AbortController();
    let messages = 0;
    let stopping: Promise<unknown> | null = null;
    const next = (): void => {
      messages += 1;
      if (messages > moment) stopping ??= home.client.call('stop', { selectors: ['web'] });
    };
    const following = home.client.subscribe('events', { usage: false }, { after: null, signal: heard.signal, next });
    await waitFor(() => messages > 0, { what: 'the snapshot' });
    const outcomes = await reload(home);
    await (stopping ?? home.client.call('stop', { selectors: ['web'] }));
    heard.abort();
    await following;
    expect(await home.children(), `after event ${moment}: ${JSON.stringify(actions(outcomes))}`).toEqual([]);
    expect((await home.list()).map((one) => [one.state, one.desired])).toEqual([['stopped', 'down'], ['stopped', 'down']]);
  }
}, 60_000);

it('a signal reaches what a reload has put in its place', async () => {
  const home = await engineHome();
  await home.boot();
  await home.start(await cluster('naive.mjs'));
  await reload(home);
  const before = await home.one('web:0');
  expect(await home.client.call('signal', { selectors: ['web:0'], signal: 'SIGKILL' })).toMatchObject([{ action: 'signalled' }]);
  await waitFor(async () => (await home.one('web:0')).run > before.run, { what: 'the next run' });
});
