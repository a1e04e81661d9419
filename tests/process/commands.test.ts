// What commands do to real services: start twice, change, depend, restart in order, reload, scale by config, delete.
import { expect, it } from 'vitest';
import type { Outcome } from '../../shared/contract/outcomes.ts';
import { engineHome } from '../helpers/engine-home.ts';
import { freePort } from '../helpers/free-port.ts';
import { makeSpec } from '../helpers/specs.ts';
import { waitFor } from '../helpers/wait-for.ts';

const stay = 'setInterval(() => undefined, 1000)';
const node = (name: string, script = stay, own = {}) => makeSpec({ name, args: ['-e', script], ...own });
const actions = (outcomes: readonly Outcome[]) => outcomes.map((one) => `${one.name}:${one.instance} ${one.action}`);
const program = { kind: 'program', request: { target: 'node', args: [], cwd: '/' } } as const;

it('start: leaves alone what runs unchanged, restarts what changed and names it', async () => {
  const home = await engineHome();
  await home.boot();
  expect(actions(await home.start(node('a'), node('b')))).toEqual(['a:0 started', 'b:0 started']);
  const [a, b] = await home.list();

  const again = await home.start(node('a'), node('b', stay, { env: { LEVEL: 'debug' } }));
  expect(actions(again)).toEqual(['a:0 unchanged', 'b:0 restarted']);
  expect(again[1]?.changed).toEqual(['env.LEVEL']);
  expect((await home.one('a')).pid).toBe(a?.pid);
  expect((await home.one('b')).pid).not.toBe(b?.pid);

  const softer = await home.start(node('a', stay, { killTimeoutMs: 9000 }));
  expect(softer[0]).toMatchObject({ action: 'updated', changed: ['killTimeout'], process: { pid: a?.pid } });
});

it('start: another number of instances adds and removes without a restart', async () => {
  const home = await engineHome();
  await home.boot();
  await home.start(node('a', stay, { instances: 2 }));
  const pids = (await home.list()).map((one) => one.pid);
  await home.start(node('a', stay, { instances: 4 }));
  expect((await home.list()).slice(0, 2).map((one) => one.pid)).toEqual(pids);
  expect(await home.list()).toHaveLength(4);
  await home.start(node('a', stay, { instances: 1 }));
  expect((await home.list()).map((one) => one.pid)).toEqual(pids.slice(0, 1));
  expect(await home.children()).toHaveLength(1);
});

it('a process waits for what it depends on; online with a port means that the port accepts', async () => {
  const home = await engineHome();
  await home.boot();
  const port = await freePort();
  const listen = "setTimeout(() => require('http').createServer((_, r) => r.end('hello')).listen(process.env.PORT, '127.0.0.1'), 150)";
  const api = node('api', listen, { port });
  const job = node('job', "console.log('migrated')", { autorestart: false });
  const web = node('web', stay, { dependsOn: [{ name: 'api', condition: 'ready' }, { name: 'job', condition: 'completed' }] });
  await home.start(web, api, job);
  expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('hello');
  const started = new Map((await home.list()).map((one) => [one.name, one]));
  expect(started.get('job')).toMatchObject({ state: 'exited', reason: expect.stringContaining('completed') as unknown });
  const [apiDescription, webDescription] = [await home.one('api'), await home.one('web')];
  expect(webDescription.startedAt ?? 0).toBeGreaterThanOrEqual((apiDescription.startedAt ?? 0) + 150);
});

it('says that a dependency has failed', async () => {
  const home = await engineHome();
  await home.boot();
  const job = node('job', 'process.exit(1)', { autorestart: false });
  const outcomes = await home.start(node('web', stay, { dependsOn: [{ name: 'job', condition: 'completed' }] }), job);
  expect(outcomes.find((one) => one.name === 'web')).toMatchObject({ action: 'failed', message: 'job, which it depends on, is not running' });
});

it('restart goes down and up in dependency order', async () => {
  const home = await engineHome();
  await home.boot();
  const tell = (name: string) => `console.log('${name} up ' + Date.now()); process.on('SIGTERM', () => { console.log('${name} down ' + Date.now()); process.exit() }); ${stay}`;
  const specs = [node('db', tell('db'), { source: program }), node('web', tell('web'), { source: program, dependsOn: [{ name: 'db', condition: 'ready' }] })];
  await home.start(...specs.map((spec) => ({ ...spec, source: { kind: 'config', file: '/gone/tspm.yaml' } as const })));
  await waitFor(async () => (await home.log('web-0.out.log')).includes('up'));
  const outcomes = await home.client.call('restart', { selectors: ['all'], environment: {}, wait: true });
  expect(outcomes.every((one) => one.action === 'restarted' && one.message.includes('gone'))).toBe(true);
  const events = await waitFor(async () => {
    const lines = `${await home.log('db-0.out.log')}${await home.log('web-0.out.log')}`.trim().split('\n');
    return lines.length === 6 ? lines.map((line) => line.split(' ')) : null;
  });
  const at = (name: string, what: string, nth: number) => Number(events.filter(([who, did]) => who === name && did === what)[nth]?.[2]);
  expect(at('web', 'down', 0)).toBeLessThanOrEqual(at('db', 'down', 0));
  expect(at('db', 'up', 1)).toBeLessThanOrEqual(at('web', 'up', 1));
});

it('reload goes one by one and stops at the first that fails', async () => {
  const home = await engineHome();
  await home.boot();
  // The first run of each instance is fine; later ones of instance 1 are not.
  const script = `const fs = require('fs'); const mark = process.env.MARK + process.env.TSPM_INSTANCE_ID;
    if (fs.existsSync(mark) && process.env.TSPM_INSTANCE_ID === '1') process.exit(9); fs.writeFileSync(mark, ''); ${stay}`;
  const spec = node('a', script, { instances: 3, maxRestarts: 0, env: { MARK: `${home.folder}/mark-` }, source: { kind: 'config', file: '/gone/tspm.yaml' } });
  await home.start(spec);
  const before = (await home.list()).map((one) => one.pid);
  const outcomes = await home.client.call('reload', { selectors: ['a'], environment: {}, wait: true });
  expect(actions(outcomes)).toEqual(['a:0 reloaded', 'a:1 failed', 'a:2 unchanged']);
  expect(outcomes[1]?.message).toContain('exited with code 9');
  const after = (await home.list()).map((one) => one.pid);
  expect(after[0]).not.toBe(before[0]);
  expect(after[2]).toBe(before[2]);
});

it('delete, reset, signal and env', async () => {
  const home = await engineHome();
  await home.boot();
  await home.start(node('a', `process.on('SIGHUP', () => console.log('hup')); console.log('up'); ${stay}`, { env: { TOKEN: 'x' } }), node('b'));
  await waitFor(async () => (await home.log('a-0.out.log')).includes('up'));
  await home.client.call('signal', { selectors: ['a'], signal: 'SIGHUP' });
  await waitFor(async () => (await home.log('a-0.out.log')).includes('hup'));
  expect((await home.client.call('env', { selectors: ['a'] }))[0]?.env).toMatchObject({ TOKEN: 'x', TSPM_NAME: 'a', TSPM_INSTANCE_ID: '0' });
  expect(JSON.stringify(await home.one('a'))).not.toContain('"x"');
  await home.client.call('flush', { selectors: ['a'] });
  expect(await home.log('a-0.out.log')).toBe('');
  await home.client.call('delete', { selectors: ['a'] });
  expect((await home.list()).map((one) => one.name)).toEqual(['b']);
  await expect(home.client.call('stop', { selectors: ['a'] })).rejects.toMatchObject({ code: 'nothing-matched' });
});

it('refuses what it does not understand, and goes on', async () => {
  const home = await engineHome();
  await home.boot();
  await expect(home.client.call('start', { specs: [makeSpec({ name: '../evil' })], environment: {}, wait: true })).rejects.toMatchObject({ code: 'invalid-input' });
  await expect(home.start(node('a', stay, { dependsOn: [{ name: 'nobody', condition: 'ready' }] }))).rejects.toMatchObject({ code: 'invalid-input' });
  expect(await home.list()).toEqual([]);
});
