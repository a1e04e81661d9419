// Keys of the dashboard: the token, tickets, cookies, and what happens without them.
import { stat, readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { doorHome } from '../helpers/door-home.ts';
import { makeSpec } from '../helpers/specs.ts';
import { waitFor } from '../helpers/wait-for.ts';

const sleeper = makeSpec({ name: 'api', args: ['-e', 'setInterval(() => {}, 1000)'] });

it('shows nothing but its pages and that it lives to whoever has no key', async () => {
  const door = await doorHome();
  await door.home.start(sleeper);
  for (const path of ['/v1/processes', '/v1/status', '/v1/events', '/v1/processes/api/logs', '/v1/openapi.json', '/v1/nowhere', '/v1/session', '/v1/clusters', '/v1/metrics/history']) {
    const heard = await door.ask({ path });
    expect(heard.status, path).toBe(401);
    expect(heard.json()).toMatchObject({ code: 'unauthorized' });
    expect(heard.headers['www-authenticate']).toMatch(/^Bearer/);
  }
  for (const path of ['/v1/processes/api/stop', '/v1/commands/stop', '/v1/subscriptions/events']) {
    expect((await door.ask({ method: 'POST', path, headers: { origin: door.origin }, body: { selectors: ['api'] } })).status, path).toBe(401);
  }
  expect((await door.ask({ path: '/v1/healthz' })).json()).toEqual({ status: 'ok' });
  expect((await door.ask({ path: '/v1/healthz', headers: { authorization: `Bearer ${door.token}` } })).json()).toMatchObject({ status: 'ok', contract: 1 });
  expect(await door.home.one('api')).toMatchObject({ state: 'online', restarts: 0 });
});

it('refuses wrong keys, more slowly when there are many, and never the right one', async () => {
  const door = await doorHome();
  const wrong = `${door.token.slice(0, -1)}${door.token.endsWith('A') ? 'B' : 'A'}`;
  expect((await door.ask({ path: '/v1/processes', headers: { authorization: `Bearer ${wrong}` } })).status).toBe(401);
  expect((await door.ask({ path: '/v1/processes', headers: { cookie: `tspm-${door.port}=zzzzzzzz.${wrong}` } })).status).toBe(401);
  for (const body of [{ token: '' }, { token: 7 }, {}, [], { token: door.token, more: 1 }, 'null']) {
    expect((await door.ask({ method: 'POST', path: '/v1/session', headers: { 'content-type': 'application/json' }, body })).status, JSON.stringify(body)).toBe(400);
  }
  const tries = await Promise.all(Array.from({ length: 60 }, () => door.ask({ method: 'POST', path: '/v1/session', body: { token: wrong } })));
  expect(tries.every(({ headers }) => headers['set-cookie'] === undefined)).toBe(true);
  expect(tries.map(({ status }) => status)).toEqual(expect.arrayContaining([401, 429]));
  expect(tries.find(({ status }) => status === 429)?.headers['retry-after']).toBe('1');
  expect((await door.ask({ path: '/v1/processes', headers: { cookie: await door.logIn() } })).status).toBe(200);
});

it('exchanges the token for a cookie that pages cannot read and other sites cannot send', async () => {
  const door = await doorHome();
  const heard = await door.ask({ method: 'POST', path: '/v1/session', headers: { origin: door.origin }, body: { token: door.token } });
  expect(heard).toMatchObject({ status: 204, text: '' });
  const [cookie = ''] = heard.headers['set-cookie'] ?? [];
  const [pair = '', ...attributes] = cookie.split('; ');
  expect(pair).toMatch(new RegExp(`^tspm-${door.port}=`));
  expect([...attributes].sort()).toEqual(['HttpOnly', 'Max-Age=604800', 'Path=/v1/', 'SameSite=Strict']);
  expect(pair).not.toContain(door.token);
  expect((await door.ask({ path: '/v1/session', headers: { cookie: pair } })).status).toBe(204);
  expect((await door.ask({ path: '/v1/processes', headers: { cookie: `other=1; ${pair}` } })).status).toBe(200);
  const [, signature = ''] = pair.split('.');
  expect((await door.ask({ path: '/v1/session', headers: { cookie: `tspm-${door.port}=zzzzzzzzzz.${signature}` } })).status).toBe(401);
  const bye = await door.ask({ method: 'DELETE', path: '/v1/session', headers: { origin: door.origin, cookie: pair } });
  expect(bye.headers['set-cookie']?.[0]).toMatch(new RegExp(`^tspm-${door.port}=; .*Max-Age=0`));
});

it('takes a ticket once', async () => {
  const door = await doorHome();
  expect(door.ticket).not.toBe(door.token);
  expect(await door.logIn(door.ticket)).toContain('tspm-');
  expect((await door.ask({ method: 'POST', path: '/v1/session', body: { token: door.ticket } })).status).toBe(401);
  expect((await door.ask({ path: '/v1/processes', headers: { authorization: `Bearer ${door.ticket}` } })).status).toBe(401);
});

it('lets scripts in with the token, and keeps secrets to the control socket', async () => {
  const door = await doorHome();
  await door.home.start({ ...sleeper, env: { API_KEY: 'a-secret' } });
  const headers = { authorization: `Bearer ${door.token}` };
  expect((await door.ask({ path: '/v1/processes', headers })).json()).toMatchObject([{ name: 'api' }]);
  expect((await door.ask({ method: 'POST', path: '/v1/processes/api/restart', headers })).json()).toMatchObject([{ action: 'restarted' }]);
  for (const name of ['env', 'dashboard', 'handOver']) {
    const heard = await door.ask({ method: 'POST', path: `/v1/commands/${name}`, headers, body: { selectors: ['api'], action: 'look' } });
    expect(heard.status, name).toBe(403);
    expect(heard.text).not.toContain('a-secret');
  }
});

it('keeps the token to itself', async () => {
  const door = await doorHome();
  await door.home.start(sleeper);
  const headers = { authorization: `Bearer ${door.token}` };
  await door.ask({ path: `/v1/nowhere?token=${door.token}`, headers });
  const { owner, shim } = await door.home.status();
  const engine = owner?.pid ?? 0;
  expect((await stat(door.home.paths.dashboard)).mode & 0o777).toBe(0o600);
  const told = await Promise.all([
    ...['/v1/status', '/v1/processes/api', '/v1/openapi.json', '/v1/healthz'].map(async (path) => (await door.ask({ path, headers })).text),
    ...[engine, shim?.pid ?? 0, (await door.home.one('api')).pid ?? 0].flatMap((pid) => [readFile(`/proc/${pid}/cmdline`, 'utf8'), readFile(`/proc/${pid}/environ`, 'utf8')]),
  ]);
  const files = (await readdir(door.home.paths.home, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile() && entry.name !== path.basename(door.home.paths.dashboard));
  const contents = await Promise.all(files.map((entry) => readFile(path.join(entry.parentPath, entry.name), 'utf8')));
  expect(files.map(({ name }) => name)).toContain('daemon.log');
  for (const text of [...told, ...contents]) expect(text.includes(door.token), text.slice(0, 200)).toBe(false);
});

it('is closed with its key, and has another one next time', async () => {
  const door = await doorHome();
  const cookie = await door.logIn();
  expect(await door.home.client.call('dashboard', { action: 'close' })).toMatchObject({ open: false, url: null });
  await expect(door.ask({ path: '/v1/healthz' })).rejects.toThrow('ECONNREFUSED');
  await expect(stat(door.home.paths.dashboard)).rejects.toThrow('ENOENT');
  expect(await door.home.client.call('dashboard', { action: 'look' })).toMatchObject({ open: false });
  const again = await door.home.client.call('dashboard', { action: 'open', port: door.port });
  expect(again).toMatchObject({ open: true, port: door.port });
  expect(again.url).not.toContain(door.token);
  for (const headers of [{ cookie }, { authorization: `Bearer ${door.token}` }]) expect((await door.ask({ path: '/v1/processes', headers })).status).toBe(401);
});

it('is there again after a crash of the engine, for the same cookie and token', async () => {
  const door = await doorHome();
  await door.home.start(sleeper);
  const cookie = await door.logIn();
  const before = await door.home.status();
  process.kill(before.owner?.pid ?? 0, 'SIGKILL');
  await waitFor(async () => (await door.ask({ path: '/v1/processes', headers: { cookie } }).catch(() => null))?.status === 200, { what: 'the door to open again', timeoutMs: 15_000 });
  expect((await door.home.status()).owner?.pid).not.toBe(before.owner?.pid);
  expect((await door.ask({ path: '/v1/processes', headers: { authorization: `Bearer ${door.token}` } })).json()).toMatchObject([{ name: 'api', restarts: 0 }]);
});
