// A home goes from one host to another and back: services run on, no line is lost, nobody is warned of anything.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { follow } from '../../shared/client/follow.ts';
import { systemClock } from '../../shared/model/clock.ts';
import { engineHome, type EngineHome } from '../helpers/engine-home.ts';
import { freePort } from '../helpers/free-port.ts';
import { makeSpec } from '../helpers/specs.ts';
import { headless, takeOver } from '../helpers/take-over.ts';
import { waitFor } from '../helpers/wait-for.ts';

const counter = makeSpec({ name: 'count', args: ['-e', 'let n = 0; setInterval(() => console.log(n++), 2)'], minUptimeMs: 50 });

/** A child that is taken over young is watched until it counts as online. */
async function online(home: EngineHome, name: string) {
  return waitFor(async () => home.one(name).then((one) => (one.state === 'online' ? one : null)), { what: `${name} to be online` });
}

it('goes from a headless owner to another host and back', async () => {
  const home = await engineHome();
  const before = await home.boot();
  await home.start(counter);
  const { pid } = await home.one('count');

  const hosted = await takeOver(home.paths);
  expect(hosted).not.toBeNull();
  expect(await home.status()).toMatchObject({ owner: { kind: 'desktop', pid: process.pid }, shim: before.shim, notices: [] });
  expect(await online(home, 'count')).toMatchObject({ pid, restarts: 0, run: 1 });

  await hosted?.release();
  await headless(home.paths);
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
  const hosted = await takeOver(home.paths, (why) => (left = why));
  await waitFor(() => snapshots.length === 2, { what: 'the snapshot of the next engine' });
  expect(snapshots).toEqual(['daemon', 'desktop']);
  await home.client.call('restart', { selectors: ['count'], wait: true });
  await waitFor(() => restarted.length === 1, { what: 'news from the next engine' });
  abort.abort();
  await following;

  // And a host that is asked lets go of it.
  const again = await takeOver(home.paths);
  expect(left).toBe('handed-over');
  expect(hosted).not.toBe(again);
  await again?.release();
  await headless(home.paths);
});

it('finishes a command that is under way before it goes', async () => {
  const home = await engineHome();
  await home.boot();
  const slow = makeSpec({ name: 'slow', args: ['-e', 'setInterval(() => {}, 1000)'], minUptimeMs: 1500, readyTimeoutMs: 10_000 });
  const starting = home.start(slow);
  await waitFor(async () => (await home.list()).length === 1, { what: 'the process to be known' });
  const hosted = await takeOver(home.paths);
  expect(await starting).toMatchObject([{ action: 'started', process: { state: 'online' } }]);
  expect(await online(home, 'slow')).toMatchObject({ run: 1 });
  await hosted?.release();
  await headless(home.paths);
});

it('is no engine any more once it was let go of, although its process lives on', async () => {
  const home = await engineHome();
  await home.boot();
  const hosted = await takeOver(home.paths);
  // Fails once, and is in a pause before the next try when its engine is let go of. A port: the next try would find it in use.
  const port = await freePort();
  const mark = path.join(home.folder, 'tried');
  const program = `const fs = require('fs'); if (!fs.existsSync('${mark}')) { fs.writeFileSync('${mark}', ''); process.exit(1); } require('http').createServer().listen(${port}, '127.0.0.1');`;
  const pauseMs = 1500;
  void home.start(makeSpec({ name: 'flap', args: ['-e', program], port, restartDelayMs: pauseMs, maxRestartDelayMs: pauseMs, maxRestarts: 1 })).catch(() => undefined);
  await waitFor(async () => (await home.list())[0]?.state === 'backoff', { what: 'the pause' });
  const pauseEnds = Date.now() + 1.1 * pauseMs;
  await hosted?.release();
  await headless(home.paths);
  await online(home, 'flap');
  await home.start(makeSpec({ name: 'extra', args: ['-e', 'setInterval(() => {}, 1000)'] }));
  // The new engine writes its state within a moment of the start; from then on nobody has a reason to.
  const state = async (): Promise<string> => readFile(home.paths.status, 'utf8');
  await waitFor(async () => (await state()).includes('extra'), { what: 'the new state' });
  await waitFor(() => Date.now() > pauseEnds + 500, { what: 'the pause of the old engine to be over' });
  const { processes } = JSON.parse(await state()) as { readonly processes: readonly { readonly spec: { readonly name: string }; readonly instances: readonly { readonly settled: unknown }[] }[] };
  expect(processes.map(({ spec, instances }) => [spec.name, instances.map(({ settled }) => settled)])).toEqual([['flap', [null]], ['extra', [null]]]);
});

it('ends the wait of a command that cannot be done in time, in words', async () => {
  const home = await engineHome();
  await home.boot();
  const hosted = await takeOver(home.paths);
  const starting = home.start(makeSpec({ name: 'never', args: ['-e', 'setInterval(() => {}, 1000)'], waitReady: true, readyTimeoutMs: 60_000 }));
  starting.catch(() => undefined);
  await waitFor(async () => (await home.list())[0]?.state === 'starting', { what: 'the process to start' });
  await hosted?.release();
  await expect(starting).rejects.toMatchObject({ code: 'engine-unreachable' });
  await headless(home.paths);
  expect(await home.one('never')).toMatchObject({ desired: 'up', run: 1 });
});

it('goes to one of two that ask at once', async () => {
  const home = await engineHome();
  await home.boot();
  await home.start(counter);
  const both = await Promise.all([takeOver(home.paths), takeOver(home.paths)]);
  await online(home, 'count');
  expect(await home.status()).toMatchObject({ owner: { kind: 'desktop' }, notices: [] });
  expect(await home.one('count')).toMatchObject({ run: 1, restarts: 0 });
  for (const one of both) await one?.release();
  await headless(home.paths);
});
