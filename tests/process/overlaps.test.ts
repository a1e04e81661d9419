// Commands that meet each other, and definitions that change while something runs.
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { loadConfig } from '../../electron/supervisor/offline.ts';
import type { ProcessSpec } from '../../shared/contract/spec.ts';
import { engineHome, type EngineHome } from '../helpers/engine-home.ts';
import { makeSpec } from '../helpers/specs.ts';
import { waitFor } from '../helpers/wait-for.ts';

const stay = 'setInterval(() => undefined, 1000)';
const deaf = `process.on('SIGTERM', () => undefined); console.log('up'); ${stay}`;
const node = (name: string, script = stay, own = {}) => makeSpec({ name, args: ['-e', script], ...own });
const environment = { PATH: process.env['PATH'] ?? '', FOO: 'bar' };

async function startConfig(home: EngineHome, text: string): Promise<{ readonly write: (text: string) => Promise<void>; readonly load: () => Promise<readonly ProcessSpec[]> }> {
  const file = path.join(home.folder, 'tspm.yaml');
  const write = (content: string): Promise<void> => writeFile(file, content);
  await writeFile(path.join(home.folder, 'service.js'), stay);
  const load = async (): Promise<readonly ProcessSpec[]> => {
    const loaded = await loadConfig(file, { env: process.env });
    if (!loaded.ok) throw new Error(loaded.problems[0]?.message);
    return loaded.specs;
  };
  await write(text);
  await home.start(...(await load()));
  return { write, load };
}

const config = (lines: string): string => `processes:\n  - name: api\n    script: service.js\n${lines}`;

async function environOf(pid: number | null): Promise<string> {
  return readFile(`/proc/${pid ?? 0}/environ`, 'latin1');
}

it('a stop that is overtaken by a start ends and says so', async () => {
  const home = await engineHome();
  await home.boot();
  await home.start(node('web', deaf, { killTimeoutMs: 1500 }));
  await waitFor(async () => (await home.log('web-0.out.log')).includes('up'));
  const stopping = home.client.call('stop', { selectors: ['web'] });
  await waitFor(async () => (await home.one('web')).state === 'stopping');
  const starting = home.client.call('resume', { selectors: ['web'], environment, wait: true });
  expect(await stopping).toMatchObject([{ action: 'failed', message: 'it was started again meanwhile' }]);
  expect(await starting).toMatchObject([{ action: 'started', process: { state: 'online', desired: 'up' } }]);
});

it('a delete that is overtaken by a start deletes nothing, not even later', async () => {
  const home = await engineHome();
  await home.boot();
  await home.start(node('web', deaf, { killTimeoutMs: 1500 }));
  await waitFor(async () => (await home.log('web-0.out.log')).includes('up'));
  const deleting = home.client.call('delete', { selectors: ['web'] });
  await waitFor(async () => (await home.one('web')).state === 'stopping');
  await home.client.call('resume', { selectors: ['web'], environment, wait: true });
  expect(await deleting).toMatchObject([{ action: 'failed' }]);
  await home.client.call('stop', { selectors: ['web'] });
  expect(await home.list()).toMatchObject([{ name: 'web', state: 'stopped' }]);
});

it('a stop of many leaves alone what was wanted up again before its turn', async () => {
  const home = await engineHome();
  await home.boot();
  await home.start(node('db'), node('web', deaf, { killTimeoutMs: 1500, dependsOn: [{ name: 'db', condition: 'ready' }] }));
  await waitFor(async () => (await home.log('web-0.out.log')).includes('up'));
  const stopping = home.client.call('stop', { selectors: ['all'] });
  await waitFor(async () => (await home.one('web')).state === 'stopping');
  await home.client.call('resume', { selectors: ['db'], environment, wait: true });
  await stopping;
  expect(await home.one('db')).toMatchObject({ state: 'online', desired: 'up' });
  expect(await home.one('web')).toMatchObject({ state: 'stopped', desired: 'down' });
});

it.runIf(process.platform === 'linux')('restart with fewer instances keeps the environment of the caller', async () => {
  const home = await engineHome();
  await home.boot();
  const { write } = await startConfig(home, config('    instances: 3\n'));
  await write(config('    instances: 2\n'));
  await home.client.call('restart', { selectors: ['api'], environment, wait: true });
  const list = await home.list();
  expect(list).toHaveLength(2);
  for (const { pid } of list) expect(await environOf(pid)).toContain('FOO=bar');
});

it('start knows which instances run with an older definition', async () => {
  const home = await engineHome();
  await home.boot();
  const { write, load } = await startConfig(home, config('    instances: 2\n    env: { V: 1 }\n'));
  await write(config('    instances: 2\n    env: { V: 2 }\n'));
  await home.client.call('restart', { selectors: ['api:0'], environment, wait: true });
  expect((await home.client.call('env', { selectors: ['api'] })).map((one) => one.env['V'])).toEqual(['2', '1']);
  const outcomes = await home.start(...(await load()));
  expect(outcomes.map(({ action, changed }) => [action, changed])).toEqual([['unchanged', []], ['restarted', ['env.V']]]);
});

it('start of a stopped process by name takes over its new number of instances', async () => {
  const home = await engineHome();
  await home.boot();
  const { write } = await startConfig(home, config('    instances: 2\n'));
  for (const count of [4, 1]) {
    await home.client.call('stop', { selectors: ['api'] });
    await write(config(`    instances: ${count}\n`));
    await home.client.call('resume', { selectors: ['api'], environment, wait: true });
    expect((await home.list()).map((one) => one.state)).toEqual(Array.from({ length: count }, () => 'online'));
  }
});

it('a port that somebody else holds is not taken for readiness', async () => {
  const home = await engineHome();
  await home.boot();
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const [outcome] = await home.start(node('srv', stay, { port, restartDelayMs: 1 }));
  expect(outcome).toMatchObject({ action: 'failed', message: expect.stringContaining(`port ${port} is in use already`) as unknown, process: { pid: null } });
  if (process.platform === 'linux') expect(outcome?.message).toContain(`by pid ${process.pid} `);
});
