// The WebSocket of the pages: who gets one, and what ends it.
import { once } from 'node:events';
import { expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { doorHome, type DoorHome } from '../helpers/door-home.ts';
import { waitFor } from '../helpers/wait-for.ts';

interface Connected {
  readonly socket: WebSocket;
  readonly frames: unknown[];
  readonly closed: Promise<number>;
}

async function connect(door: DoorHome, headers: Readonly<Record<string, string>>, path = '/v1/channel'): Promise<Connected> {
  const socket = new WebSocket(`ws://127.0.0.1:${door.port}${path}`, { headers });
  onTestFinished(() => socket.terminate());
  const frames: unknown[] = [];
  socket.on('message', (data) => frames.push(JSON.parse(String(data))));
  const closed = once(socket, 'close').then(([code]) => code as number);
  await once(socket, 'open');
  return { socket, frames, closed };
}

/** The status with which the upgrade is refused. */
async function refused(door: DoorHome, headers: Readonly<Record<string, string>>, path = '/v1/channel'): Promise<number> {
  const socket = new WebSocket(`ws://127.0.0.1:${door.port}${path}`, { headers });
  onTestFinished(() => socket.terminate());
  socket.on('error', () => undefined);
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }];
  return response.statusCode;
}

it('is for pages with a session and for scripts with the token', async () => {
  const door = await doorHome();
  const cookie = await door.logIn();
  for (const headers of [{ cookie, origin: door.origin }, { authorization: `Bearer ${door.token}` }]) {
    const { socket, frames } = await connect(door, headers);
    await waitFor(() => frames.length > 0, { what: 'the welcome' });
    expect(frames[0]).toMatchObject({ type: 'welcome', capabilities: { contract: 1, commands: expect.arrayContaining(['list']) as unknown } });
    expect(JSON.stringify(frames[0])).not.toContain('"env"');
    socket.send(JSON.stringify({ type: 'call', id: 1, name: 'list', input: {} }));
    await waitFor(() => frames.length > 1, { what: 'the answer' });
    expect(frames[1]).toEqual({ type: 'result', id: 1, result: [] });
  }
});

it('is refused to everybody else', async () => {
  const door = await doorHome();
  const cookie = await door.logIn();
  expect(await refused(door, { origin: door.origin })).toBe(401);
  expect(await refused(door, { authorization: 'Bearer wrong' })).toBe(401);
  expect(await refused(door, { cookie })).toBe(403);
  expect(await refused(door, { cookie, origin: 'http://evil.example' })).toBe(403);
  expect(await refused(door, { cookie, origin: 'null' })).toBe(403);
  expect(await refused(door, { cookie, origin: door.origin, host: 'evil.example' })).toBe(421);
  expect(await refused(door, { cookie, origin: door.origin, 'sec-fetch-site': 'cross-site' })).toBe(403);
  expect(await refused(door, { cookie, origin: door.origin }, '/v1/other')).toBe(404);
});

it('ends for whoever does not speak the contract, and for nobody else', async () => {
  const door = await doorHome();
  const headers = { authorization: `Bearer ${door.token}` };
  const other = await connect(door, headers);
  for (const [message, code] of [['no JSON', 1007], [Buffer.from('{}'), 1007], ['{"type":"call"}', 1008], ['[]', 1008], [`"${'x'.repeat(2 << 20)}"`, 1009]] as const) {
    const { socket, closed } = await connect(door, headers);
    socket.send(message);
    expect(await closed, String(message).slice(0, 20)).toBe(code);
  }
  other.socket.send(JSON.stringify({ type: 'call', id: 1, name: 'list', input: {} }));
  await waitFor(() => other.frames.length > 1, { what: 'an answer' });
});

it('is there for 32 pages at a time', async () => {
  const door = await doorHome();
  const headers = { authorization: `Bearer ${door.token}` };
  const all = await Promise.all(Array.from({ length: 32 }, () => connect(door, headers)));
  expect(await refused(door, headers)).toBe(503);
  all[0]?.socket.close();
  await all[0]?.closed;
  await waitFor(async () => connect(door, headers).then(() => true, () => false), { what: 'a place' });
});

it('says goodbye when the dashboard is closed, also to pages that do not answer', async () => {
  const door = await doorHome();
  const page = await connect(door, { authorization: `Bearer ${door.token}` });
  const deaf = await connect(door, { authorization: `Bearer ${door.token}` });
  deaf.socket.pause();
  const begin = performance.now();
  await door.home.client.call('dashboard', { action: 'close' });
  expect(performance.now() - begin).toBeLessThan(5000);
  expect(await page.closed).toBe(1001);
});
