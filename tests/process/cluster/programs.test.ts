// Programs as people write them, unchanged, as instances of a cluster.
import { connect as connectTcp } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { engineHome } from '../../helpers/engine-home.ts';
import { freePort } from '../../helpers/free-port.ts';
import { startLoad } from '../../helpers/load/start-load.ts';
import { available, cluster, fixture, reload, report } from './clusters.ts';

const request = 'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n';

const overTcp = (port: number) => text(connectTcp(port, '127.0.0.1').end(request));
const overTls = (port: number) => text(connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false }).end(request));

describe.each(available('handoff', 'shared'))('%s', (mode) => {
  it.each([
    ['http.cjs', 'http', overTcp],
    ['http.mjs', 'http PORT', overTcp],
    ['https.mjs', 'https', overTls],
    ['net.cjs', 'net', overTcp],
    ['express.mjs', 'express', overTcp],
    ['fastify.cjs', 'fastify', overTcp],
  ])('%s works as it is', async (program, answer, ask) => {
    const home = await engineHome();
    await home.boot();
    const port = await freePort();
    const spec = await cluster(`programs/${program}`, { mode, port, env: { PUBLIC_PORT: String(port) } });
    for (const outcome of await home.start(spec)) expect(outcome).toMatchObject({ action: 'started', message: '' });
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(port)));
    const bodies = answers.map((one) => one.split('\r\n\r\n').at(-1) ?? '');
    for (const body of bodies) expect(body).toMatch(new RegExp(`^[01] ${answer.replace('PORT', String(port))}$`));
    if (mode === 'handoff') expect(bodies.filter((body) => body.startsWith('0'))).toHaveLength(10);
    if (program === 'http.mjs') expect(await home.log('web-0.out.log')).toBe(`listening on ${port}\n`);
  });
});

it('each instance knows who it is, and has a port of its own on which it alone answers', async () => {
  const home = await engineHome();
  await home.boot();
  const spec = await cluster('naive.mjs', { instanceVar: 'WORKER' });
  await home.start(spec);
  const environments = await home.client.call('env', { selectors: ['web'] });
  const ports = (await report(home)).instances.map((one) => one.ownPort);
  expect(new Set([...ports, spec.port]).size).toBe(3);
  for (const [instance, { env }] of environments.entries()) {
    expect(env).toMatchObject({ TSPM_NAME: 'web', TSPM_INSTANCE_ID: String(instance), WORKER: String(instance), PORT: String(ports[instance]) });
    expect(env).not.toHaveProperty('NODE_APP_INSTANCE');
    const pid = (await home.one(`web:${instance}`)).pid;
    for (let times = 0; times < 2; times += 1) expect(await (await fetch(`http://127.0.0.1:${ports[instance]}/`)).json()).toMatchObject({ pid });
  }
});

it('what an instance starts itself is no part of the cluster', async () => {
  const home = await engineHome();
  await home.boot();
  const spec = await cluster('programs/family.mjs');
  await home.start(spec);
  expect(await (await fetch(`http://127.0.0.1:${spec.port}/`)).json()).toEqual({ preload: null, execArgv: [], own: [], variables: null });
});

it.runIf(process.platform !== 'win32')('shared: any language, through socket activation, and no request is lost over a reload', async () => {
  const home = await engineHome();
  await home.boot();
  // Through env(1), so that it is no Node program to TSPM.
  const spec = await cluster('naive.mjs', { mode: 'shared', command: '/usr/bin/env', args: [process.execPath, fixture('programs/activated.mjs')] });
  for (const outcome of await home.start(spec)) expect(outcome).toMatchObject({ action: 'started', message: '' });
  const load = await startLoad({ port: spec.port, slowShare: 0.02 });
  for (const outcome of await reload(home)) expect(outcome.action).toBe('reloaded');
  expect(await load.stop()).toMatchObject({ failed: 0, failures: [] });
  expect(await report(home)).toMatchObject({ mode: 'shared', instances: [{ ownPort: null, open: null, requests: null }, { traffic: 'ready' }] });
}, 30_000);

it('waitReady: online is when the program says so, with a port and without', async () => {
  const home = await engineHome();
  await home.boot();
  const spec = await cluster('programs/ready.mjs', { waitReady: true, instances: 1, env: { READY_AFTER: '300' } });
  const [outcome] = await home.start(spec);
  expect(outcome?.process.uptimeMs).toBeGreaterThanOrEqual(300);
  const never = { ...spec, name: 'never', port: await freePort(), env: { READY_AFTER: '100000' }, readyTimeoutMs: 200, maxRestarts: 0 };
  expect((await home.start(never))[0]).toMatchObject({ action: 'failed', message: expect.stringContaining("process.send('ready')") as unknown });
});

it('handoff: a program that closes its server for a while gets its connections when it listens again', async () => {
  const home = await engineHome();
  await home.boot();
  const spec = await cluster('programs/reopening.mjs', { instances: 1, balancer: { queueTimeoutMs: 10_000 } });
  await home.start(spec);
  expect(await overTcp(spec.port)).toContain('here');
  await text(connectTcp(spec.port, '127.0.0.1').end(request.replace('GET /', 'GET /close')));
  expect(await Promise.all(Array.from({ length: 5 }, () => overTcp(spec.port)))).toEqual(Array.from({ length: 5 }, () => expect.stringContaining('here') as unknown));
});
