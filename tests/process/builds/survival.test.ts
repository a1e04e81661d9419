// The promise across versions: a supervisor of one build takes the place of one of another build, and the services never notice.
import { describe, expect, it } from 'vitest';
import { passages } from '../../helpers/builds.ts';
import { engineHome, type EngineHome } from '../../helpers/engine-home.ts';
import { isGone } from '../../helpers/is-gone.ts';
import { startLoad } from '../../helpers/load/start-load.ts';
import { makeSpec } from '../../helpers/specs.ts';
import { waitFor } from '../../helpers/wait-for.ts';
import { cluster, pids, reload } from '../cluster/clusters.ts';

/** Prints consecutive numbers without end. */
const counter = makeSpec({ name: 'counter', args: ['-e', 'let n = 0; setInterval(() => console.log(n++), 5)'], restartDelayMs: 0 });
const sleeper = makeSpec({ name: 'sleeper', args: ['-e', 'setInterval(() => undefined, 1000)'], instances: 2 });
/** Ends with the code 42 when it is told to. */
const job = makeSpec({ name: 'job', autorestart: false, args: ['-e', "process.on('SIGUSR2', () => process.exit(42)); console.log('up'); setInterval(() => undefined, 1000)"] });

const clean = { failed: 0, failures: [] };

/** Ends the supervisor with this signal, and starts one of another build before the shim starts one of its own. */
async function succeed(home: EngineHome, signal: NodeJS.Signals, build: string): Promise<void> {
  const { owner } = await home.status();
  process.kill(owner?.pid ?? 0, signal);
  await waitFor(() => isGone(owner?.pid ?? 0), { what: 'the supervisor to be gone' });
  await home.boot(build);
}

async function allOnline(home: EngineHome, count: number): Promise<void> {
  await waitFor(async () => (await home.list()).filter((one) => one.state === 'online').length === count, { what: `${count} services to be online` });
}

describe.each(passages)('$name', ({ from, to }) => {
  it('kill -9 of the supervisor: no restart, no lost line, real exit codes', async () => {
    const home = await engineHome();
    const { shim } = await home.boot(from);
    await home.start(counter, sleeper, job);
    await waitFor(async () => (await home.log('job-0.out.log')).includes('up'));
    await home.client.call('stop', { selectors: ['sleeper:1'] });
    const before = await home.list();
    const jobPid = before.find((one) => one.name === 'job')?.pid ?? 0;

    const { owner } = await home.status();
    process.kill(owner?.pid ?? 0, 'SIGKILL');
    process.kill(jobPid, 'SIGUSR2');
    await waitFor(() => isGone(jobPid), { what: 'the job to end' });
    await home.boot(to);

    await allOnline(home, 2);
    const after = await home.list();
    const seen = (list: typeof after) => list.filter((one) => one.name !== 'job').map(({ name, instance, pid, restarts, desired }) => ({ name, instance, pid, restarts, desired }));
    expect(seen(after)).toEqual(seen(before));
    expect(await home.one('job')).toMatchObject({ state: 'errored', lastExit: { code: 42, signal: null } });
    expect((await home.status()).shim).toMatchObject({ pid: shim?.pid });
    const numbers = await waitFor(async () => {
      const lines = (await home.log('counter-0.out.log')).split('\n').slice(0, -1).map(Number);
      return lines.length >= 300 ? lines : null;
    });
    expect(numbers).toEqual(numbers.map((_number, index) => index));
  });

  it('every command works on what the other build has started', async () => {
    const home = await engineHome();
    await home.boot(from);
    await home.start(counter, sleeper);
    await succeed(home, 'SIGTERM', to);
    await allOnline(home, 3);
    const select = (...selectors: string[]) => ({ selectors });
    const environment = { PATH: process.env['PATH'] ?? '' };
    expect(await home.client.call('restart', { ...select('sleeper:0'), environment, wait: true })).toMatchObject([{ action: 'restarted' }]);
    expect(await home.client.call('stop', select('sleeper:1'))).toMatchObject([{ action: 'stopped' }]);
    expect(await home.client.call('resume', { ...select('sleeper:1'), environment, wait: true })).toMatchObject([{ action: 'started' }]);
    expect(await home.client.call('signal', { ...select('sleeper:0'), signal: 'SIGKILL' })).toMatchObject([{ action: 'signalled' }]);
    expect(await home.client.call('flush', select('counter'))).toMatchObject([{ action: 'flushed' }]);
    expect(await home.client.call('logSources', select('counter'))).toHaveLength(1);
    expect(await home.client.call('env', select('counter'))).toHaveLength(1);
    expect(await home.client.call('delete', select('counter'))).toMatchObject([{ action: 'deleted' }]);
    await home.start(makeSpec({ ...sleeper, name: 'later', instances: 1 }));
    await allOnline(home, 3);
    expect(await home.children()).toHaveLength(3);
  });

  it('kill -9 of the shim: no orphan, no duplicate, and services are back', async () => {
    const home = await engineHome();
    await home.boot(from);
    await home.start(sleeper);
    await succeed(home, 'SIGKILL', to);
    await allOnline(home, 2);
    const before = await pids(home);
    const { shim } = await home.status();
    process.kill(shim?.pid ?? 0, 'SIGKILL');
    await waitFor(async () => (await home.list()).every((one) => one.state === 'online' && !before.includes(one.pid)), { what: 'the services to be back' });
    for (const pid of before) expect(await isGone(pid ?? 0)).toBe(true);
    expect([...(await home.children())].sort()).toEqual([...(await pids(home))].sort());
  });

  it('kill -9 of both: the other build finds the truth', async () => {
    const home = await engineHome();
    const { shim } = await home.boot(from);
    await home.start(sleeper, makeSpec({ ...sleeper, name: 'idle', instances: 1 }));
    await home.client.call('stop', { selectors: ['idle'] });
    const before = (await pids(home)).filter((pid) => pid !== null);
    process.kill(shim?.pid ?? 0, 'SIGKILL');
    await succeed(home, 'SIGKILL', to);
    await allOnline(home, 2);
    for (const pid of before) expect(await isGone(pid)).toBe(true);
    expect(await home.one('idle')).toMatchObject({ state: 'stopped', desired: 'down' });
    expect(await home.children()).toHaveLength(2);
  });

  it.each(['handoff', 'http', 'shared'] as const)('a %s cluster loses no request, and is reloaded', async (mode) => {
    const home = await engineHome();
    await home.boot(from);
    const spec = await cluster('naive.mjs', { mode });
    await home.start(spec);
    const before = await pids(home);
    const load = await startLoad({ port: spec.port, slowShare: 0 });
    await succeed(home, 'SIGKILL', to);
    await allOnline(home, 2);
    expect(await pids(home)).toEqual(before);
    expect((await reload(home)).map((one) => one.action)).toEqual(['reloaded', 'reloaded']);
    for (const pid of await pids(home)) expect(before).not.toContain(pid);
    expect(await load.stop()).toMatchObject(clean);
    expect(await home.children()).toHaveLength(2);
  }, 60_000);
});
