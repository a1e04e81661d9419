// A home goes from one host to another and back: services run on, no line is lost, nobody is warned of anything.
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { launchDaemon } from '../../electron/transport/launch.ts';
import { serveHome } from '../../electron/transport/serve-home.ts';
import { follow } from '../../shared/client/follow.ts';
import { systemClock } from '../../shared/model/clock.ts';
import { engineHome, type EngineHome } from '../helpers/engine-home.ts';
import { makeSpec } from '../helpers/specs.ts';
import { waitFor } from '../helpers/wait-for.ts';

const built = (name: string): string => fileURLToPath(new URL(`../../out/${name}`, import.meta.url));

const counter = makeSpec({ name: 'count', args: ['-e', 'let n = 0; setInterval(() => console.log(n++), 2)'], minUptimeMs: 50 });

/** A child that is taken over young is watched until it counts as online. */
async function online(home: EngineHome, name: string) {
  return waitFor(async () => home.one(name).then((one) => (one.state === 'online' ? one : null)), { what: `${name} to be online` });
}

function takeOver(home: EngineHome, left: (why: string) => void = () => undefined) {
  return serveHome({
    paths: home.paths,
    kind: 'desktop',
    shimCommand: [built('shim.cjs'), '--daemon', built('daemon.cjs')],
    preload: built('preload.cjs'),
    assets: built('renderer'),
    takeOver: true,
    log: () => undefined,
    left,
  });
}

it('goes from a headless owner to another host and back', async () => {
  const home = await engineHome();
  const before = await home.boot();
  await home.start(counter);
  const { pid } = await home.one('count');

  const hosted = await takeOver(home);
  expect(hosted).not.toBeNull();
  expect(await home.status()).toMatchObject({ owner: { kind: 'desktop', pid: process.pid }, shim: before.shim, notices: [] });
  expect(await online(home, 'count')).toMatchObject({ pid, restarts: 0, run: 1 });

  await hosted?.release();
  await launchDaemon(home.paths, { entry: built('daemon.cjs') });
  const after = await waitFor(() => home.status().catch(() => null), { what: 'the headless engine' });
  expect(after).toMatchObject({ owner: { kind: 'daemon' }, shim: before.shim, notices: [] });
  expect(await online(home, 'count')).toMatchObject({ pid, restarts: 0, run: 1 });

  const lines = (await home.log('count-0.out.log')).trim().split('\n');
  expect(lines.length).toBeGreaterThan(20);
  expect(lines).toEqual(lines.map((_line, index) => String(index)));
});

it('keeps those who listen: they hear the next engine', async () => {
  const home = await engineHome();
  await home.boot();
  await home.start(counter);
  const abort = new AbortController();
  const snapshots: string[] = [];
  const restarted: number[] = [];
  const following = follow(home.client, 'events', {}, {
    clock: systemClock,
    signal: abort.signal,
    lost: () => undefined,
    next(message) {
      if ('snapshot' in message) snapshots.push(message.snapshot.status.owner?.kind ?? '');
      else if (message.change.type === 'process.exited') restarted.push(message.change.run);
    },
  });
  await waitFor(() => snapshots.length === 1, { what: 'the first snapshot' });
  let left = '';
  const hosted = await takeOver(home, (why) => (left = why));
  await waitFor(() => snapshots.length === 2, { what: 'the snapshot of the next engine' });
  expect(snapshots).toEqual(['daemon', 'desktop']);
  await home.client.call('restart', { selectors: ['count'], wait: true });
  await waitFor(() => restarted.length === 1, { what: 'news from the next engine' });
  abort.abort();
  await following;

  // And a host that is asked lets go of it.
  const again = await takeOver(home);
  expect(left).toBe('handed-over');
  expect(hosted).not.toBe(again);
  await again?.release();
  await launchDaemon(home.paths, { entry: built('daemon.cjs') });
});

it('finishes a command that is under way before it goes', async () => {
  const home = await engineHome();
  await home.boot();
  const slow = makeSpec({ name: 'slow', args: ['-e', 'setInterval(() => {}, 1000)'], minUptimeMs: 1500, readyTimeoutMs: 10_000 });
  const starting = home.start(slow);
  await waitFor(async () => (await home.list()).length === 1, { what: 'the process to be known' });
  const hosted = await takeOver(home);
  expect(await starting).toMatchObject([{ action: 'started', process: { state: 'online' } }]);
  expect(await online(home, 'slow')).toMatchObject({ run: 1 });
  await hosted?.release();
  await launchDaemon(home.paths, { entry: built('daemon.cjs') });
});
