// Callers that send too much, too slowly, or nothing at all: the door stays usable, and the engine does not notice.
import { once } from 'node:events';
import { readdir, readlink } from 'node:fs/promises';
import { createConnection, type Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { doorHome, type DoorHome } from '../helpers/door-home.ts';
import { makeSpec } from '../helpers/specs.ts';
import { waitFor } from '../helpers/wait-for.ts';

const sleeper = makeSpec({ name: 'api', args: ['-e', 'setInterval(() => {}, 1000)'] });

interface Caller {
  readonly socket: Socket;
  readonly heard: () => string;
  readonly isClosed: () => boolean;
}

async function call(port: number, text = ''): Promise<Caller> {
  const socket = createConnection(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  let heard = '';
  let closed = false;
  socket.setEncoding('utf8').on('data', (part: string) => (heard += part));
  socket.on('error', () => undefined);
  socket.once('close', () => (closed = true));
  await once(socket, 'connect');
  if (text !== '') socket.write(text);
  return { socket, heard: () => heard, isClosed: () => closed };
}

/** What the engine has open. */
async function descriptors(door: DoorHome): Promise<readonly string[]> {
  const { owner } = await door.home.status();
  const folder = `/proc/${owner?.pid ?? 0}/fd`;
  const targets = await Promise.all((await readdir(folder)).map((number) => readlink(`${folder}/${number}`).catch(() => null)));
  return targets.flatMap((target) => (target === null ? [] : [target])).sort();
}

it('refuses bodies that are too large', async () => {
  const door = await doorHome();
  const headers = { authorization: `Bearer ${door.token}`, 'content-type': 'application/json' };
  const large = JSON.stringify({ selectors: ['x'.repeat(2 << 20)] });
  for (const path of ['/v1/commands/stop', '/v1/processes/api/restart', '/v1/session']) {
    expect((await door.ask({ method: 'POST', path, headers, body: large })).status, path).toBe(413);
    // Without a length, the size shows only while it comes.
    expect((await door.ask({ method: 'POST', path, headers: { ...headers, 'transfer-encoding': 'chunked' }, body: large })).status, `${path} in chunks`).toBe(413);
  }
  expect((await door.ask({ method: 'POST', path: '/v1/session', body: { token: 'x'.repeat(5000) } })).status).toBe(413);
  expect((await door.ask({ path: '/v1/processes', headers })).status).toBe(200);
});

it('refuses heads that are too large', async () => {
  const door = await doorHome();
  expect((await door.ask({ path: '/v1/healthz', headers: { 'x-large': 'x'.repeat(20_000) } })).status).toBe(431);
  expect((await door.ask({ path: `/v1/${'x'.repeat(20_000)}` })).status).toBe(431);
  expect((await door.ask({ path: '/v1/healthz' })).status).toBe(200);
});

it('closes on whoever sends a head or a body so slowly that it never ends', async () => {
  const door = await doorHome();
  const slowHead = await call(door.port, `GET / HTTP/1.1\r\nHost: 127.0.0.1:${door.port}\r\n`);
  const slowBody = await call(door.port, `POST /v1/session HTTP/1.1\r\nHost: 127.0.0.1:${door.port}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n`);
  const drip = setInterval(() => {
    if (slowHead.socket.writable) slowHead.socket.write('X-More: 1\r\n');
    if (slowBody.socket.writable) slowBody.socket.write(' ');
  }, 500);
  onTestFinished(() => clearInterval(drip));
  await waitFor(() => slowHead.isClosed() && slowBody.isClosed(), { what: 'both to be closed', timeoutMs: 20_000 });
  expect(slowHead.heard()).toContain('408');
  expect((await door.ask({ path: '/v1/healthz' })).status).toBe(200);
});

it('stays usable beside a thousand connections that say nothing, and gets its descriptors back', async () => {
  const door = await doorHome();
  await door.home.start(sleeper);
  const headers = { authorization: `Bearer ${door.token}` };
  const before = await descriptors(door);
  const callers: Caller[] = [];
  for (let round = 0; round < 20; round++) callers.push(...(await Promise.all(Array.from({ length: 50 }, () => call(door.port)))));
  expect((await door.ask({ path: '/v1/processes', headers })).json()).toMatchObject([{ state: 'online', restarts: 0 }]);
  await waitFor(async () => (await descriptors(door)).length <= before.length + 140, { what: 'most of them to be dropped' });
  expect(callers.filter(({ isClosed }) => !isClosed()).length).toBeLessThanOrEqual(130);
  // The engine's own business goes on: commands over its socket, and new children.
  expect(await door.home.client.call('restart', { selectors: ['api'], wait: true })).toMatchObject([{ action: 'restarted' }]);
  for (const { socket } of callers) socket.destroy();
  let left: readonly string[] = [];
  await waitFor(async () => (left = await descriptors(door)).length <= before.length + 1, { what: 'the descriptors to be back' }).catch(() => expect(left).toEqual(before));
});

it('drops nobody who has a key for those who have none', async () => {
  const door = await doorHome();
  const follower = await call(door.port, `GET /v1/events HTTP/1.1\r\nHost: 127.0.0.1:${door.port}\r\nAuthorization: Bearer ${door.token}\r\n\r\n`);
  await waitFor(() => follower.heard().includes('event: snapshot'), { what: 'the snapshot' });
  const callers = await Promise.all(Array.from({ length: 200 }, () => call(door.port)));
  await waitFor(() => callers.filter(({ isClosed }) => isClosed()).length >= 60, { what: 'the oldest to be dropped' });
  await door.home.start(sleeper);
  await waitFor(() => follower.heard().includes('event: process.changed'), { what: 'news' });
  expect(follower.isClosed()).toBe(false);
});
