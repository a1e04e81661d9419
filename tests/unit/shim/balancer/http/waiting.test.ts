// Nobody is ready, limits, and clients that take too long, under a clock that the test moves.
import { afterEach, expect, test } from 'vitest';
import type { BalancerLimits } from '../../../../../shared/model/balancing.ts';
import { waitFor } from '../../../../helpers/wait-for.ts';
import { answering, rawInstance } from './instances.ts';
import { createRig, type Rig } from './rig.ts';

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

async function rigWith(limits: Partial<BalancerLimits>, ...instances: readonly { readonly port: number; kill(): void }[]): Promise<Rig> {
  const rig = await createRig(instances.map((one) => one.port), limits);
  ends.push(() => rig.close(), ...instances.map((one) => () => one.kill()));
  return rig;
}

const get = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';
const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

test('a request waits for an instance', async () => {
  const rig = await rigWith({});
  const client = await rig.client();
  client.send('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\nabc');
  await waitFor(() => rig.pool.waiting === 1);
  client.send('def');
  const instance = await rawInstance((socket, text) => {
    if (text.endsWith('abcdef')) socket.write(ok);
  });
  ends.push(() => instance.kill());
  rig.add(instance.port);
  await client.until('200 OK');
});

test('none comes: 503, and the connection goes on', async () => {
  const rig = await rigWith({ queueTimeoutMs: 3000 });
  const client = await rig.client();
  client.send(get);
  await waitFor(() => rig.pool.waiting === 1);
  rig.clock.advance(3000);
  await client.until('no instance is ready');
  expect(client.text).toMatch(/^HTTP\/1\.1 503 Service Unavailable\r\nDate: .* GMT\r\nContent-Type: text\/plain\r\nContent-Length: \d+\r\nRetry-After: 1\r\n\r\n503/);
  client.text = '';
  client.send('HEAD / HTTP/1.1\r\nHost: a\r\n\r\n');
  await waitFor(() => rig.pool.waiting === 1);
  rig.clock.advance(3000);
  await client.until('\r\n\r\n');
  expect(client.text.endsWith('\r\n\r\n')).toBe(true);
});

test('none comes, and part of the body is still missing: 503, and the connection ends', async () => {
  const rig = await rigWith({});
  const client = await rig.client();
  client.send('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\nabc');
  await waitFor(() => rig.pool.waiting === 1);
  rig.clock.advance(5000);
  await client.ended;
  expect(client.text).toContain('HTTP/1.1 503 ');
  expect(client.text).toContain('Connection: close\r\n');
});

test('who goes away while it waits is waited for no longer', async () => {
  const rig = await rigWith({});
  const client = await rig.client();
  client.send(get);
  await waitFor(() => rig.pool.waiting === 1);
  client.socket.resetAndDestroy();
  await waitFor(() => rig.pool.waiting === 0);
  expect(rig.clock.pending).toBe(0);
});

test('many pipelined requests that nobody has room for are refused one after the other', async () => {
  const rig = await rigWith({});
  for (let index = 0; index < 1024; index += 1) rig.pool.whenReady('', () => undefined);
  const client = await rig.client();
  const count = 1500;
  client.send(get.repeat(count));
  await waitFor(() => client.text.match(/^503/gm)?.length === count);
  expect(client.text).not.toContain('Connection: close');
});

test.each([
  ['in one piece', (client: { send(text: string): void }) => client.send(`GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(5000)}\r\n\r\n`)],
  ['without end', (client: { send(text: string): void }) => client.send(`GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(5000)}`)],
])('a head that is too large, %s: 431', async (_name, send) => {
  const instance = await answering(ok);
  const rig = await rigWith({ maxHeadBytes: 4096 }, instance);
  const client = await rig.client();
  send(client);
  await client.ended;
  expect(client.text).toContain('HTTP/1.1 431 ');
  expect(instance.received).toHaveLength(0);
});

test('a head that comes too slowly: 408', async () => {
  const rig = await rigWith({ headTimeoutMs: 3000 }, await answering(ok));
  const client = await rig.client();
  client.send('GET / HT');
  await waitFor(() => {
    rig.clock.advance(1000);
    client.send('x');
    return client.hasEnded;
  });
  expect(client.text).toMatch(/^HTTP\/1\.1 408 .*Connection: close/s);
});

test('an idle client is let go without a word', async () => {
  const rig = await rigWith({ idleTimeoutMs: 10_000 }, await answering(ok));
  const client = await rig.client();
  client.send(get);
  await client.until('ok');
  rig.clock.advance(9000);
  client.send(get);
  await client.until(ok + ok);
  rig.clock.advance(9000);
  expect(client.hasEnded).toBe(false);
  rig.clock.advance(2000);
  await client.ended;
  expect(client.text).toBe(ok + ok);
});

test('an instance that does not answer: 504, and its connection is not used again', async () => {
  const instance = await rawInstance(() => undefined);
  const rig = await rigWith({ responseTimeoutMs: 20_000 }, instance);
  const client = await rig.client();
  client.send(get);
  await waitFor(() => instance.received.length === 1 && instance.received[0] !== '');
  rig.clock.advance(19_000);
  expect(client.text).toBe('');
  rig.clock.advance(2000);
  await client.until('HTTP/1.1 504 ');
  await waitFor(() => instance.sockets[0]?.readableEnded);
  expect(client.hasEnded).toBe(false);
  expect(rig.targets[0]?.open).toBe(0);
});

test('a response that has begun may take its time', async () => {
  const instance = await answering('HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n');
  const rig = await rigWith({ responseTimeoutMs: 20_000, idleTimeoutMs: 5000 }, instance);
  const client = await rig.client();
  client.send(get);
  await client.until('\r\n\r\n');
  rig.clock.advance(3_600_000);
  instance.sockets[0]?.write('4\r\nlate\r\n');
  await client.until('late');
});

test('a client that stops sending its body: 408', async () => {
  const instance = await rawInstance(() => undefined);
  const rig = await rigWith({ idleTimeoutMs: 5000, responseTimeoutMs: 1000 }, instance);
  const client = await rig.client();
  client.send('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\nabc');
  await waitFor(() => instance.received[0]?.endsWith('abc'));
  rig.clock.advance(6000);
  await client.ended;
  expect(client.text).toContain('HTTP/1.1 408 ');
  expect(rig.targets[0]?.open).toBe(0);
});

test('a client that takes nothing of its response is let go, and so is the instance', async () => {
  const instance = await rawInstance((socket) => void socket.write(`HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n${'x'.repeat(32 * 1024 * 1024)}`));
  const rig = await rigWith({ idleTimeoutMs: 5000 }, instance);
  const client = await rig.client();
  client.socket.pause();
  client.send(get);
  await waitFor(() => {
    rig.clock.advance(1000);
    return rig.targets[0]?.requests === 1 && rig.targets[0].open === 0;
  });
  await waitFor(() => instance.sockets[0]?.destroyed);
});

test('nothing ticks when nobody is there', async () => {
  const rig = await rigWith({}, await answering(ok));
  expect(rig.clock.pending).toBe(0);
  const clients = await Promise.all(Array.from({ length: 20 }, () => rig.client()));
  for (const client of clients) client.send(get);
  for (const client of clients) await client.until('ok');
  expect(rig.clock.pending).toBe(1);
  for (const client of clients) client.destroy();
  await waitFor(() => {
    rig.clock.advance(1000);
    return rig.clock.pending === 0;
  });
});
