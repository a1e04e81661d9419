// The REST API of a real engine over its control socket, as curl and scripts use it.
import { expect, it } from 'vitest';
import { ask, type Asked, type Heard } from '../helpers/ask.ts';
import { hostedHome } from '../helpers/hosted-home.ts';
import { makeSpec } from '../helpers/specs.ts';

const sleeper = makeSpec({ name: 'api', args: ['-e', 'setInterval(() => {}, 1000)'], instances: 2 });

async function served() {
  const host = await hostedHome();
  const get = (path: string, headers: Asked['headers'] = {}): Promise<Heard> => ask({ socketPath: host.paths.controlSocket }, { path, headers });
  const post = (path: string, body?: unknown, headers: Asked['headers'] = {}): Promise<Heard> => ask({ socketPath: host.paths.controlSocket }, { method: 'POST', path, body, headers });
  const other = (method: string, path: string): Promise<Heard> => ask({ socketPath: host.paths.controlSocket }, { method, path });
  return { host, get, post, other };
}

function expectProblem(heard: Heard, status: number, code: string): void {
  expect(heard.headers['content-type']).toBe('application/problem+json');
  expect(heard.status, heard.text).toBe(status);
  expect(heard.json()).toMatchObject({ type: `urn:tspm:problem:${code}`, status, code, title: expect.stringMatching(/./) as unknown, detail: expect.stringMatching(/./) as unknown, instance: expect.stringMatching(/^\//) as unknown });
}

it('lists and describes processes', async () => {
  const { host, get } = await served();
  await host.start(sleeper, makeSpec({ ...sleeper, name: 'worker', instances: 1 }));
  const all = await get('/v1/processes');
  expect(all.headers).toMatchObject({ 'content-type': 'application/json', 'cache-control': 'no-store' });
  expect(all.json()).toMatchObject([{ name: 'api', instance: 0 }, { name: 'api', instance: 1 }, { name: 'worker' }]);
  expect((await get('/v1/processes?select=worker&select=api:1')).json()).toMatchObject([{ name: 'api', instance: 1 }, { name: 'worker' }]);
  expect((await get('/v1/processes/api')).json()).toMatchObject([{ instance: 0, args: sleeper.args }, { instance: 1 }]);
  expect((await get('/v1/processes/api%3A1')).json()).toMatchObject([{ instance: 1 }]);
  expect((await get('/v1/processes/w*')).json()).toMatchObject([{ name: 'worker' }]);
  expectProblem(await get('/v1/processes/none'), 404, 'nothing-matched');
  expect((await get('/v1/processes/none')).text).toContain('known: api, worker');
  expect(JSON.stringify((await get('/v1/processes/api')).json())).not.toContain('"env"');
});

it('stops, starts, restarts, reloads and scales', async () => {
  const { host, get, post } = await served();
  await host.start(sleeper);
  expect((await post('/v1/processes/api:1/stop')).json()).toMatchObject([{ instance: 1, action: 'stopped' }]);
  expect((await post('/v1/processes/api/start', {})).json()).toMatchObject([{ action: 'unchanged' }, { action: 'started', process: { state: 'online' } }]);
  expect((await post('/v1/processes/all/restart', { wait: true })).json()).toMatchObject([{ action: 'restarted' }, { action: 'restarted' }]);
  expect((await post('/v1/processes/api/reload')).json()).toMatchObject([{ action: 'reloaded' }, { action: 'reloaded' }]);
  for (const [instances, count] of [[3, 3], [{ by: -2 }, 1], [{ to: 2 }, 2]] as const) {
    expect((await post('/v1/processes/api/scale', { instances })).status).toBe(200);
    expect((await get('/v1/processes')).json()).toHaveLength(count);
  }
});

it('answers at once without wait', async () => {
  const { host, get, post } = await served();
  await host.start(makeSpec({ ...sleeper, instances: 1, minUptimeMs: 5000, readyTimeoutMs: 20_000 }));
  expect((await post('/v1/processes/api/restart', { wait: false })).status).toBe(200);
  expect((await get('/v1/processes/api')).json()).not.toMatchObject([{ state: 'online' }]);
});

it('says with a status and all outcomes when a process fails, and does not invite to try again', async () => {
  const { host, post } = await served();
  await host.start(sleeper);
  await host.client.call('start', { specs: [makeSpec({ name: 'bad', args: ['-e', 'console.error("no database"); process.exit(3)'], maxRestarts: 0, minUptimeMs: 3000 })], environment: {}, wait: true }).catch(() => undefined);
  const heard = await post('/v1/processes/all/start');
  expectProblem(heard, 409, 'not-done');
  expect(heard.json()).toMatchObject({ detail: expect.stringContaining('bad:0') as unknown, outcomes: [{ name: 'api', action: 'unchanged' }, { name: 'api' }, { name: 'bad', action: 'failed', lastLines: expect.arrayContaining(['no database']) as unknown }] });
});

it('tells status, health, clusters and metrics', async () => {
  const { host, get } = await served();
  await host.start(sleeper);
  expect((await get('/v1/status')).json()).toMatchObject({ home: host.paths.home, counts: { online: 2 } });
  expect((await get('/v1/healthz')).json()).toEqual({ status: 'ok', version: expect.stringMatching(/^\d/) as unknown, contract: 1 });
  expect((await get('/v1/clusters')).json()).toEqual([]);
  expectProblem(await get('/v1/clusters/none'), 404, 'nothing-matched');
  expect((await get('/v1/metrics/history?process=api:0&since=0')).json()).toMatchObject([{ name: 'api', instance: 0 }]);
});

it('refuses what cannot be meant, and says what can', async () => {
  const { host, get, post } = await served();
  await host.start(sleeper);
  for (const path of ['/v1/processes/..', '/v1/processes/%2e%2e/stop', '/v1/processes/..%2f..%2fetc', '/v1/processes/a%5Cb', '/v1/processes/a%00b', '/v1/processes/a%0Ab', '/v1/processes/%1b[31m', '/v1/processes/%ff', `/v1/processes/${'a'.repeat(257)}`]) {
    expectProblem(path.endsWith('/stop') ? await post(path) : await get(path), 400, 'invalid-input');
  }
  for (const query of ['lines=-1', 'lines=many', 'lines=50001', 'follow=maybe', 'stream=both', 'colour=red', 'lines=1&lines=2']) {
    expectProblem(await get(`/v1/processes/api/logs?${query}`), 400, 'invalid-input');
  }
  expect((await get('/v1/processes/api/logs?colour=red')).text).toContain('lines, follow, stream, after');
  expectProblem(await get('/v1/metrics/history?since=yesterday'), 400, 'invalid-input');
  expectProblem(await post('/v1/processes/api/restart', { now: true }), 400, 'invalid-input');
  expectProblem(await post('/v1/processes/api/scale', { instances: 0 }), 400, 'invalid-input');
  expectProblem(await post('/v1/processes/api/scale', '{', { 'content-type': 'application/json' }), 400, 'invalid-input');
  expect((await get('/v1/processes')).json()).toMatchObject([{ state: 'online', restarts: 0 }, { state: 'online' }]);
});

it('knows methods, types and places', async () => {
  const { host, get, post, other } = await served();
  await host.start(sleeper);
  expect(await other('HEAD', '/v1/processes')).toMatchObject({ status: 200, text: '', headers: { 'content-type': 'application/json', 'content-length': String((await get('/v1/processes')).text.length) } });
  expect(await other('OPTIONS', '/v1/processes/api/stop')).toMatchObject({ status: 204, headers: { allow: 'POST, OPTIONS' } });
  expect((await other('OPTIONS', '/v1/status')).headers['access-control-allow-origin']).toBeUndefined();
  const wrongMethod = await get('/v1/processes/api/stop');
  expectProblem(wrongMethod, 405, 'method-not-allowed');
  expect(wrongMethod.headers['allow']).toBe('POST, OPTIONS');
  expectProblem(await other('DELETE', '/v1/processes/api'), 405, 'method-not-allowed');
  const nowhere = await get('/v1/nowhere');
  expectProblem(nowhere, 404, 'not-found');
  expect(nowhere.json()).toMatchObject({ available: expect.arrayContaining(['GET /v1/processes']) as unknown });
  expectProblem(await get('/'), 404, 'not-found');
  expectProblem(await get('/v1/processes', { accept: 'text/html' }), 406, 'not-acceptable');
  expect((await get('/v1/processes', { accept: 'text/html, */*;q=0.1' })).status).toBe(200);
  expectProblem(await post('/v1/processes/api/restart', 'wait=false', { 'content-type': 'application/x-www-form-urlencoded' }), 415, 'unsupported-media-type');
  expectProblem(await post('/v1/processes/api/stop', {}, { accept: 'text/html' }), 406, 'not-acceptable');
  expect((await get('/v1/processes')).json()).toMatchObject([{ state: 'online' }, { state: 'online' }]);
  expectProblem(await post('/v1/processes/api/restart', `"${'x'.repeat(17 << 20)}"`, { 'content-type': 'application/json' }), 413, 'too-large');
});
