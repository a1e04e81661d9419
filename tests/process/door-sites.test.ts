// Other sites in the same browser: they may send requests, and get nothing for it.
import { expect, it } from 'vitest';
import { doorHome } from '../helpers/door-home.ts';
import { makeSpec } from '../helpers/specs.ts';

const sleeper = makeSpec({ name: 'api', args: ['-e', 'setInterval(() => {}, 1000)'] });

it('answers under its own names only, so that no foreign name can be bent to it', async () => {
  const door = await doorHome();
  for (const host of [`127.0.0.1:${door.port}`, `localhost:${door.port}`, `LOCALHOST:${door.port}`, `[::1]:${door.port}`]) {
    expect((await door.ask({ path: '/v1/healthz', headers: { host } })).status, host).toBe(200);
  }
  for (const host of ['evil.example', `evil.example:${door.port}`, '127.0.0.1', `127.0.0.1:${door.port + 1}`, `127.0.0.1.evil.example:${door.port}`, `10.0.0.1:${door.port}`, `user@127.0.0.1:${door.port}`]) {
    for (const path of ['/', '/v1/healthz', '/v1/processes']) {
      const heard = await door.ask({ path, headers: { host, authorization: `Bearer ${door.token}` } });
      expect([400, 421], `${host} ${path}`).toContain(heard.status);
      expect(heard.text).not.toContain('"ok"');
    }
  }
});

it('refuses pages of other origins, whatever they send', async () => {
  const door = await doorHome();
  await door.home.start(sleeper);
  const cookie = await door.logIn();
  const foreign = ['http://evil.example', 'null', `https://127.0.0.1:${door.port}`, `http://127.0.0.1:${door.port + 1}`, `http://localhost:${door.port}`, `http://127.0.0.1:${door.port}.evil.example`];
  for (const origin of foreign) {
    for (const asked of [
      { path: '/v1/processes', headers: { origin, cookie } },
      { path: '/', headers: { origin } },
      { method: 'POST', path: '/v1/processes/api/stop', headers: { origin, cookie } },
      { method: 'POST', path: '/v1/commands/stop', headers: { origin, cookie }, body: { selectors: ['api'] } },
      { method: 'POST', path: '/v1/session', headers: { origin }, body: { token: door.token } },
      { method: 'OPTIONS', path: '/v1/processes/api/stop', headers: { origin, 'access-control-request-method': 'POST' } },
    ]) {
      const heard = await door.ask(asked);
      expect(heard.status, `${origin} ${asked.path}`).toBe(403);
      expect(Object.keys(heard.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  }
  for (const site of ['cross-site', 'same-site']) {
    expect((await door.ask({ path: '/v1/processes', headers: { 'sec-fetch-site': site, cookie } })).status, site).toBe(403);
    expect((await door.ask({ path: '/', headers: { 'sec-fetch-site': site } })).status, 'a link from elsewhere').not.toBe(403);
  }
  expect(await door.home.one('api')).toMatchObject({ state: 'online', restarts: 0 });
});

it('lets a cookie change something only when its own page asks', async () => {
  const door = await doorHome();
  await door.home.start(sleeper);
  const cookie = await door.logIn();
  const restart = { method: 'POST', path: '/v1/processes/api/restart' };
  expect((await door.ask({ ...restart, headers: { cookie } })).status).toBe(403);
  expect((await door.ask({ ...restart, headers: { cookie, 'sec-fetch-site': 'none' } })).status).toBe(403);
  expect(await door.home.one('api')).toMatchObject({ run: 1 });
  expect((await door.ask({ ...restart, headers: { cookie, origin: door.origin } })).status).toBe(200);
  expect((await door.ask({ ...restart, headers: { cookie, 'sec-fetch-site': 'same-origin' } })).status).toBe(200);
  expect(await door.home.one('api')).toMatchObject({ run: 3 });
});

it('takes JSON only, which no form can send', async () => {
  const door = await doorHome();
  await door.home.start(sleeper);
  const cookie = await door.logIn();
  const headers = { cookie, origin: door.origin };
  for (const type of ['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain', 'text/plain; application/json']) {
    for (const path of ['/v1/commands/stop', '/v1/processes/api/stop', '/v1/session']) {
      expect((await door.ask({ method: 'POST', path, headers: { ...headers, 'content-type': type }, body: '{"selectors":["api"]}' })).status, `${type} ${path}`).toBe(415);
    }
  }
  expect((await door.ask({ method: 'POST', path: '/v1/commands/stop', headers, body: '{"selectors":["api"]}' })).status).toBe(415);
  expect(await door.home.one('api')).toMatchObject({ state: 'online' });
});

it('forbids browsers whatever no page of it needs', async () => {
  const door = await doorHome();
  const cookie = await door.logIn();
  for (const [path, headers] of [['/', {}], ['/nowhere', {}], ['/v1/processes', {}], ['/v1/processes', { cookie }], ['/v1/openapi.json', { cookie }], ['/v1/healthz', {}], ['/v1/events', { cookie, accept: 'text/html' }]] as const) {
    const heard = await door.ask({ path, headers });
    expect(heard.headers, path).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    const policy = (heard.headers['content-security-policy'] as string).split('; ');
    expect(policy).toEqual(expect.arrayContaining(["default-src 'none'", "script-src 'self'", "connect-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'"]));
    expect(heard.headers['access-control-allow-origin']).toBeUndefined();
    if (path.startsWith('/v1/') && path !== '/v1/openapi.json') expect(heard.headers['cache-control'], path).toBe('no-store');
  }
});

it('lets no path out of its place', async () => {
  const door = await doorHome();
  const headers = { authorization: `Bearer ${door.token}` };
  for (const path of ['/../daemon.cjs', '/..%2fdaemon.cjs', '/%2e%2e/daemon.cjs', '/assets/../../daemon.cjs', '/assets/..%5c..%5cdaemon.cjs', '//etc/passwd', '/.git/config', '/index.html%00.js', '/assets', '/assets/', 'http://127.0.0.1/', `/${'a'.repeat(300)}`]) {
    expect((await door.ask({ path, headers })).status, path).toBe(404);
  }
  for (const path of ['/v1/processes/..', '/v1/processes/..%2f..%2fetc', '/v1/processes/a%00/logs', '/v1/processes/%2e%2e/logs']) {
    expect((await door.ask({ path, headers })).status, path).toBe(400);
  }
  for (const path of ['/v1/../v1/processes', '/v1/processes/../../etc/passwd', '/v1/commands/../status', '/v1/commands/__proto__']) {
    expect((await door.ask({ method: 'POST', path, headers, body: {} })).status, path).toBe(404);
  }
});
