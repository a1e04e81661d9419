// Difficult children: they fork, ignore signals, become zombies, lose their pipe, and cannot be started at all.
import { readFile, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { engineHome, type EngineHome } from '../helpers/engine-home.ts';
import { isGone } from '../helpers/is-gone.ts';
import { makeSpec } from '../helpers/specs.ts';
import { waitFor } from '../helpers/wait-for.ts';

const fixture = (name: string): string => fileURLToPath(new URL(`../fixtures/services/${name}`, import.meta.url));
const node = (name: string, script: string, own = {}) => makeSpec({ name, args: ['-e', script], ...own });
const stay = 'setInterval(() => undefined, 1000)';

async function pidsInLog(home: EngineHome, name: string, count: number): Promise<readonly number[]> {
  return waitFor(async () => {
    const pids = (await home.log(`${name}-0.out.log`)).split('\n').filter((line) => /^\d+$/.test(line)).map(Number);
    return pids.length === count ? pids : null;
  });
}

it('stops the whole tree, also those who ignore SIGTERM', async () => {
  const home = await engineHome();
  await home.boot();
  await home.start(makeSpec({ name: 'bomb', args: [fixture('fork-bomb.mjs')], killTimeoutMs: 300 }));
  const grandchildren = await pidsInLog(home, 'bomb', 10);
  const [outcome] = await home.client.call('stop', { selectors: ['bomb'] });
  expect(outcome).toMatchObject({ action: 'stopped', process: { state: 'stopped', pid: null } });
  await waitFor(async () => (await Promise.all(grandchildren.map(isGone))).every(Boolean), { what: 'the grandchildren to be gone' });
});

it('kills what a crashed service leaves behind before it starts it again', async () => {
  const home = await engineHome();
  await home.boot();
  await home.start(makeSpec({ name: 'bomb', args: [fixture('fork-bomb.mjs')], restartDelayMs: 0 }));
  const grandchildren = await pidsInLog(home, 'bomb', 10);
  const leader = (await home.one('bomb')).pid ?? 0;
  process.kill(leader, 'SIGKILL');
  await waitFor(async () => (await home.one('bomb')).pid !== leader && (await home.one('bomb')).state === 'online');
  expect(await Promise.all(grandchildren.map(isGone))).not.toContain(false);
});

it('sends SIGKILL after killTimeout to a service that ignores its signal', async () => {
  const home = await engineHome();
  await home.boot();
  await home.start(node('deaf', `process.on('SIGTERM', () => console.log('no')); console.log('up'); ${stay}`, { killTimeoutMs: 200 }));
  await waitFor(async () => (await home.log('deaf-0.out.log')).includes('up'));
  await home.client.call('stop', { selectors: ['deaf'] });
  expect(await home.one('deaf')).toMatchObject({ state: 'stopped', lastExit: { code: null, signal: 'SIGKILL' } });
  expect(await home.log('deaf-0.out.log')).toContain('no');
});

it('uses killSignal', async () => {
  const home = await engineHome();
  await home.boot();
  await home.start(node('int', `process.on('SIGINT', () => process.exit(7)); console.log('up'); ${stay}`, { killSignal: 'SIGINT' }));
  await waitFor(async () => (await home.log('int-0.out.log')).includes('up'));
  await home.client.call('stop', { selectors: ['int'] });
  expect((await home.one('int')).lastExit).toEqual({ code: 7, signal: null });
});

it('leaves no zombie behind', async () => {
  const home = await engineHome();
  await home.boot();
  await home.start(node('brief', 'process.exit(0)', { restartDelayMs: 10, restartBackoff: 1, maxRestarts: 20, minUptimeMs: 0 }));
  await waitFor(async () => (await home.one('brief')).state === 'errored');
  const shim = (await home.status()).shim?.pid ?? 0;
  if (process.platform !== 'linux') return;
  const children = (await readFile(`/proc/${shim}/task/${shim}/children`, 'utf8')).trim();
  expect(children).toBe('');
});

it('gives a service whose reader is gone an EPIPE, and goes on', async () => {
  const home = await engineHome();
  await home.boot();
  // It closes its own end of stdout; what it writes then fails inside it, and nowhere else.
  const script = `require('fs').closeSync(1); try { require('fs').writeSync(1, 'x') } catch (error) { console.error(error.code) } ${stay}`;
  await home.start(node('closed', script), node('beside', stay));
  await waitFor(async () => (await home.log('closed-0.err.log')).includes('EBADF'));
  expect((await home.list()).map((one) => one.state)).toEqual(['online', 'online']);
});

it('says why a command cannot be started', async () => {
  const home = await engineHome();
  await home.boot();
  const [outcome] = await home.start(makeSpec({ name: 'ghost', command: '/nowhere/ghost', autorestart: false }));
  expect(outcome).toMatchObject({ action: 'failed', message: expect.stringContaining('/nowhere/ghost') as unknown, process: { state: 'errored', pid: null } });
});

it('gives up on a service that keeps crashing, with its last lines', async () => {
  const home = await engineHome();
  await home.boot();
  const spec = node('crashing', "console.error('cannot reach the database'); process.exit(3)", { maxRestarts: 2, restartDelayMs: 1, minUptimeMs: 500 });
  const [outcome] = await home.start(spec);
  expect(outcome).toMatchObject({ action: 'failed', message: expect.stringMatching(/exited with code 3 .* gave up after 2 restarts/) as unknown });
  expect(outcome?.lastLines).toContain('cannot reach the database');
});

it('writes pid files and removes them', async () => {
  const home = await engineHome();
  await home.boot();
  await home.start(node('one', stay));
  const { pid, pidFile } = await home.one('one');
  expect((await readFile(pidFile, 'utf8')).trim()).toBe(String(pid));
  expect((await stat(pidFile)).mode & 0o777).toBe(0o600);
  await home.client.call('stop', { selectors: ['one'] });
  await waitFor(() => stat(pidFile).then(() => false, () => true), { what: 'the pid file to be removed' });
});
