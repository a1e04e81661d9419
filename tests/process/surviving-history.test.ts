// What a supervisor knew of failures and notable events is known to the next one, however the first one ended.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { engineHome, type EngineHome } from '../helpers/engine-home.ts';
import { isGone } from '../helpers/is-gone.ts';
import { makeSpec } from '../helpers/specs.ts';
import { waitFor } from '../helpers/wait-for.ts';

async function replaceSupervisor(home: EngineHome): Promise<void> {
  const pid = (await home.status()).owner?.pid ?? 0;
  process.kill(pid, 'SIGKILL');
  await waitFor(() => isGone(pid), { what: 'the supervisor to end' });
  await home.boot();
}

it('keeps restarts, the last exit and notices over a kill', async () => {
  const home = await engineHome();
  await home.boot();
  // Fails three times, then stays.
  const script = `const fs = require('node:fs'); const file = process.env.COUNT; const n = fs.existsSync(file) ? Number(fs.readFileSync(file)) : 0; fs.writeFileSync(file, String(n + 1)); if (n < 3) process.exit(5); setInterval(() => {}, 1e6);`;
  await home.start(makeSpec({ args: ['-e', script], env: { COUNT: path.join(home.folder, 'count') }, restartDelayMs: 10, maxRestarts: 10 }), makeSpec({ name: 'broken', args: ['-e', 'process.exit(7)'], restartDelayMs: 0, maxRestarts: 1 }));
  await waitFor(async () => (await home.one('api')).restarts === 3 && (await home.one('api')).state === 'online', { what: 'three restarts' });
  const before = { api: await home.one('api'), broken: await home.one('broken'), notices: (await home.status()).notices };
  await waitFor(async () => {
    const { notices, processes } = JSON.parse(await readFile(home.paths.status, 'utf8')) as { notices: unknown[]; processes: { instances: { history?: { lastExit: unknown } }[] }[] };
    return notices.length === before.notices.length && processes.every(({ instances }) => instances.every(({ history }) => (history?.lastExit ?? null) !== null));
  }, { what: 'notices and exits to be written, within a second' });
  // Even the last moment is made up for, by what the shim has.
  await replaceSupervisor(home);
  expect(await home.one('api')).toMatchObject({ restarts: 3, run: before.api.run, pid: before.api.pid, lastExit: { code: 5, signal: null } });
  expect(await home.one('broken')).toMatchObject({ restarts: before.broken.restarts, reason: before.broken.reason, lastExit: { code: 7 } });
  const messages = (await home.status()).notices.map((one) => one.message);
  for (const { message } of before.notices) expect(messages).toContain(message);
  await home.client.call('restart', { selectors: ['api'], wait: true });
  await waitFor(async () => (JSON.parse(await readFile(home.paths.status, 'utf8')) as { processes: { instances: { run: number }[] }[] }).processes[0]?.instances[0]?.run === before.api.run + 1, { what: 'the state to name the new run' });
  await replaceSupervisor(home);
  expect(await home.one('api')).toMatchObject({ restarts: 3, run: before.api.run + 1 });
});

it('gives nobody more chances for a supervisor that dies between the failures', async () => {
  const home = await engineHome();
  await home.boot();
  await home.start(makeSpec({ args: ['-e', 'setTimeout(() => process.exit(9), 700)'], minUptimeMs: 10, restartDelayMs: 10, maxRestarts: 2 }));
  await waitFor(async () => (await home.one('api')).restarts === 1 && (await home.one('api')).pid !== null, { what: 'the first restart' });
  await replaceSupervisor(home);
  const given = await waitFor(async () => {
    const one = await home.one('api');
    return one.state === 'errored' ? one : null;
  }, { what: 'it to give up' });
  expect(given).toMatchObject({ restarts: 2, reason: expect.stringContaining('gave up after 2 restarts') as unknown });
});
