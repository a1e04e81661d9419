// What the dashboard's key can do, and how it ends: it is not a shell, and a session that was ended stays ended.
import { once } from 'node:events';
import { chmodSync, readFileSync, statSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import type { Heard } from '../helpers/ask.ts';
import { doorHome, type DoorHome } from '../helpers/door-home.ts';
import { makeSpec } from '../helpers/specs.ts';
import { waitFor } from '../helpers/wait-for.ts';

const sleeper = makeSpec({ name: 'api', args: ['-e', 'setInterval(() => {}, 1000)'] });
const intruder = makeSpec({ name: 'intruder', command: '/bin/sh', args: ['-c', 'id > owned'] });
const environment = { NODE_OPTIONS: '--require /tmp/evil.cjs', LD_PRELOAD: '/tmp/evil.so' };

async function openPage(door: DoorHome, cookie: string): Promise<WebSocket> {
  const page = new WebSocket(`ws://127.0.0.1:${door.port}/v1/channel`, { headers: { cookie, origin: door.origin } });
  onTestFinished(() => page.terminate());
  page.on('error', () => undefined);
  await once(page, 'open');
  return page;
}

/** Over the channel, as a page asks; gives the frame that ends the call. */
async function callOverChannel(page: WebSocket, name: string, input: unknown): Promise<Record<string, unknown>> {
  const answered = new Promise<Record<string, unknown>>((resolve) =>
    page.on('message', (data) => {
      const frame = JSON.parse(String(data)) as Record<string, unknown>;
      if (frame['id'] === 1 && frame['type'] !== 'progress') resolve(frame);
    }),
  );
  page.send(JSON.stringify({ type: 'call', id: 1, name, input }));
  return await answered;
}

it('starts what the list defines, and nothing that a page or a script names itself', async () => {
  const door = await doorHome();
  await door.home.start(sleeper);
  const cookie = await door.logIn();
  const keys = [{ authorization: `Bearer ${door.token}` }, { cookie, origin: door.origin }];
  const post = (headers: Record<string, string>, command: string, body: unknown): Promise<Heard> => door.ask({ method: 'POST', path: `/v1/commands/${command}`, headers, body });
  for (const headers of keys) {
    const heard = await post(headers, 'start', { specs: [intruder], environment: {}, wait: true });
    expect(heard.status).toBe(403);
    expect(heard.text).toMatch(/"code":"forbidden".*tspm dashboard --allow-commands/);
    for (const command of ['resume', 'restart', 'reload']) {
      expect((await post(headers, command, { selectors: ['api'], environment, wait: true })).status, command).toBe(403);
    }
  }
  const page = await openPage(door, cookie);
  expect(await callOverChannel(page, 'start', { specs: [intruder], environment: {}, wait: true })).toMatchObject({ type: 'end', error: { code: 'forbidden' } });
  // REST knows no other bodies.
  expect((await door.ask({ method: 'POST', path: '/v1/processes/api/restart', headers: { authorization: `Bearer ${door.token}` }, body: { wait: true, environment } })).status).toBe(400);
  expect((await post({ authorization: `Bearer ${door.token}` }, 'restart', { selectors: ['api'], wait: true })).status).toBe(200);
  const [before] = await door.home.list();
  const runs = await door.home.client.call('env', { selectors: ['api'] });
  expect(runs[0]?.env['NODE_OPTIONS']).toBeUndefined();
  expect(await door.home.list()).toMatchObject([{ name: 'api', state: 'online', pid: before?.pid }]);
});

it('starts anything once its owner has allowed it, over engines, until it is closed', async () => {
  const door = await doorHome();
  const { client } = door.home;
  const start = (headers: Record<string, string>): Promise<Heard> =>
    door.ask({ method: 'POST', path: '/v1/commands/start', headers, body: { specs: [sleeper], environment: { PATH: process.env['PATH'] ?? '' }, wait: true } });
  const headers = { authorization: `Bearer ${door.token}` };
  expect(await client.call('dashboard', { action: 'look' })).toMatchObject({ allowCommands: false });
  expect(await client.call('dashboard', { action: 'open', allowCommands: true })).toMatchObject({ allowCommands: true, port: door.port });
  expect(JSON.parse(readFileSync(door.home.paths.dashboard, 'utf8'))).toMatchObject({ allowCommands: true });
  expect((await start(headers)).status).toBe(200);

  process.kill((await door.home.status()).owner?.pid ?? 0, 'SIGKILL');
  await door.home.boot();
  await waitFor(async () => (await start(headers).catch(() => null))?.status === 200, { what: 'the next engine to allow it too', timeoutMs: 15_000 });
  expect(await client.call('dashboard', { action: 'open' })).toMatchObject({ allowCommands: true });
  expect(await client.call('dashboard', { action: 'open', allowCommands: false })).toMatchObject({ allowCommands: false });
  expect((await start(headers)).status).toBe(403);
});

it('ends a session for good when its page logs out, with all that is open in it', async () => {
  const door = await doorHome();
  const [cookie, other] = [await door.logIn(), await door.logIn()];
  expect(cookie).not.toBe(other);
  const [page, otherPage] = [await openPage(door, cookie), await openPage(door, other)];
  const closed = once(page, 'close');
  expect((await door.ask({ method: 'DELETE', path: '/v1/session', headers: { cookie, origin: door.origin } })).status).toBe(204);
  await closed;
  const status = async (shown: string): Promise<number | undefined> => (await door.ask({ path: '/v1/processes', headers: { cookie: shown } }).catch(() => null))?.status;
  expect(await status(cookie)).toBe(401);
  expect(await status(other)).toBe(200);
  expect(otherPage.readyState).toBe(WebSocket.OPEN);

  process.kill((await door.home.status()).owner?.pid ?? 0, 'SIGKILL');
  await door.home.boot();
  await waitFor(async () => (await status(other)) === 200, { what: 'the next engine', timeoutMs: 15_000 });
  expect(await status(cookie)).toBe(401);
  // Somebody who has no session may say goodbye too.
  expect((await door.ask({ method: 'DELETE', path: '/v1/session', headers: { cookie, origin: door.origin } })).status).toBe(204);
});

it('gets a new key, with which everything that was open ends at once', async () => {
  const door = await doorHome();
  const cookie = await door.logIn();
  const page = await openPage(door, cookie);
  const stream = door.ask({ path: '/v1/events', headers: { authorization: `Bearer ${door.token}` } }).catch((error: unknown) => String(error));
  await waitFor(async () => (await door.home.client.call('status', {})).owner !== null, { what: 'the engine' });
  const closed = once(page, 'close');
  const report = await door.home.client.call('dashboard', { action: 'rotate' });
  await closed;
  await stream;
  expect(report).toMatchObject({ open: true, port: door.port });
  const token = (report.url ?? '').split('token=')[1] ?? '';
  for (const headers of [{ cookie }, { authorization: `Bearer ${door.token}` }]) expect((await door.ask({ path: '/v1/processes', headers })).status).toBe(401);
  expect((await door.ask({ method: 'POST', path: '/v1/session', body: { token: door.ticket } })).status).toBe(401);
  expect((await door.ask({ path: '/v1/processes', headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
  expect(JSON.parse(readFileSync(door.home.paths.dashboard, 'utf8'))).toMatchObject({ token });
});

it('has a new key after others could read it, and says so', async () => {
  const door = await doorHome();
  chmodSync(door.home.paths.dashboard, 0o644);
  process.kill((await door.home.status()).owner?.pid ?? 0, 'SIGKILL');
  await door.home.boot();
  const report = await waitFor(async () => {
    const now = await door.home.client.call('dashboard', { action: 'look' });
    return now.open ? now : null;
  }, { what: 'the dashboard to open again', timeoutMs: 15_000 });
  expect(report.url).not.toContain(door.token);
  expect(statSync(door.home.paths.dashboard).mode & 0o777).toBe(0o600);
  expect((await door.home.status()).notices.map(({ message }) => message)).toContainEqual(expect.stringMatching(/could be read by other users.*new key/));
});
