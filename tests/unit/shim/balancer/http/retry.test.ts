// What happens when an instance cannot be reached, or goes away in the middle.
import { expect, test } from 'vitest';
import { waitFor } from '../../../../helpers/wait-for.ts';
import { answering, deadPort, nodeInstance, rawInstance } from './instances.ts';
import { rigWith } from './rig.ts';

const get = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';
const closing = 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n';
const post = 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc';
const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

/** Accepts, reads, and breaks off. */
const breaking = () => rawInstance((socket) => void socket.resetAndDestroy());
const nobody = async () => ({ port: await deadPort(), kill: () => undefined });

test('an instance that cannot be reached is passed over, and left out after three times', async () => {
  const rig = await rigWith(await nobody(), await answering(ok));
  for (let round = 0; round < 8; round += 1) expect(await rig.ask(closing)).toContain('200 OK');
  const [dead, alive] = rig.targets;
  expect(dead).toMatchObject({ open: 0, requests: 0, ejections: 1 });
  expect(alive).toMatchObject({ open: 0, requests: 8 });
});

test('a body that was already read goes to the other instance as well, whatever the method', async () => {
  const instance = await rawInstance((socket, text) => {
    if (text.endsWith('abcdef')) socket.write(ok);
  });
  const rig = await rigWith(await nobody(), instance);
  const client = await rig.client();
  client.send('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\nabc');
  client.send('def');
  await client.until('200 OK');
  expect(instance.received).toHaveLength(1);
});

test('nobody can be reached: 502, and the connection goes on', async () => {
  const rig = await rigWith(await nobody(), await nobody());
  const client = await rig.client();
  client.send(get);
  await client.until('HTTP/1.1 502 ');
  client.text = '';
  client.send(get);
  await client.until('HTTP/1.1 502 ');
  expect(client.text).not.toContain('Connection: close');
});

test.each(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE'])('%s is asked again elsewhere when an instance breaks off before its response', async (method) => {
  const bad = await breaking();
  const rig = await rigWith(bad, await answering(ok));
  expect(await rig.ask(`${method} / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`)).toContain('200 OK');
  expect(bad.received).toHaveLength(1);
  expect(rig.targets[0]).toMatchObject({ open: 0, requests: 0 });
});

test.each([
  [30_000, 200],
  [300_000, 502],
])('a PUT whose body is held is sent again whole, a larger one is not: %i bytes, %i', async (length, status) => {
  const bad = await rawInstance((socket, text) => {
    if (text.endsWith('end')) socket.resetAndDestroy();
  });
  const good = await rawInstance((socket, text) => {
    if (text.endsWith('end')) socket.write(ok);
  });
  const rig = await rigWith(bad, good);
  const client = await rig.client();
  const body = `${'x'.repeat(length - 3)}end`;
  client.send(`PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: ${length}\r\n\r\n${body}`);
  await client.until(`HTTP/1.1 ${status} `);
  expect(good.received.map((one) => one.endsWith(`\r\n\r\n${body}`))).toEqual(status === 200 ? [true] : []);
});

test('a POST is not asked again', async () => {
  const good = await answering(ok);
  const rig = await rigWith(await breaking(), good);
  const client = await rig.client();
  client.send(post);
  await client.until('HTTP/1.1 502 ');
  expect(good.received).toHaveLength(0);
  expect(rig.targets.map((one) => one.open)).toEqual([0, 0]);
});

test('half a head is no response, but it is not asked again either', async () => {
  const good = await answering(ok);
  const rig = await rigWith(await rawInstance((socket) => void socket.end('HTTP/1.1 200 OK\r\nContent-')), good);
  const client = await rig.client();
  client.send(get);
  await client.until('HTTP/1.1 502 ');
  expect(good.received).toHaveLength(0);
});

test.each([
  ['a length', 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc'],
  ['chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc'],
])('a response that breaks off with %s breaks off for the client', async (_name, response) => {
  const instance = await answering(response);
  const rig = await rigWith(instance);
  const client = await rig.client();
  client.send(get);
  await client.until('abc');
  instance.kill();
  await client.ended;
  expect(client.text).toBe(response);
  expect(rig.targets[0]?.open).toBe(0);
});

test('a client that waits for the end of its connection gets a reset instead when the response breaks off', async () => {
  const instance = await answering('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc');
  const rig = await rigWith(instance);
  const client = await rig.client();
  let code = '';
  client.socket.on('error', (error: NodeJS.ErrnoException) => (code = error.code ?? ''));
  client.send('GET / HTTP/1.0\r\n\r\n');
  await client.until('abc');
  instance.kill();
  await waitFor(() => code === 'ECONNRESET');
});

test('a kept connection that the instance closes just then costs it nothing', async () => {
  let isStale = false;
  const instance = await rawInstance((socket, text, connection) => {
    if (connection === 0 && isStale) socket.resetAndDestroy();
    else if (text.endsWith('\r\n\r\n')) socket.write(ok);
  });
  const rig = await rigWith(instance);
  const client = await rig.client();
  client.send(get);
  await client.until('ok');
  isStale = true;
  client.text = '';
  client.send(get);
  await client.until('ok');
  expect(instance.received).toHaveLength(2);
  expect(rig.targets[0]).toMatchObject({ requests: 2, open: 0 });
  // Two more failures would have left it out, if that had been one.
  const [target] = rig.targets;
  expect(target?.failed(rig.clock.elapsed())).toBe(0);
  expect(target?.failed(rig.clock.elapsed())).toBe(0);
});

test('an instance that closes a kept connection in time is simply connected to again', async () => {
  const instance = await answering(ok);
  const rig = await rigWith(instance);
  expect(await rig.ask(closing)).toContain('ok');
  instance.sockets[0]?.end();
  await waitFor(() => instance.sockets[0]?.closed);
  expect(await rig.ask(post.replace('POST', 'GET').replace('Content-Length: 3\r\n\r\nabc', 'Connection: close\r\n\r\n'))).toContain('ok');
  expect(instance.received).toHaveLength(2);
});

test('kept connections are given up before the instance does, as it says or as Node does', async () => {
  const usual = await answering(ok);
  const brief = await answering('HTTP/1.1 200 OK\r\nKeep-Alive: timeout=2\r\nContent-Length: 2\r\n\r\nok');
  const none = await answering('HTTP/1.1 200 OK\r\nKeep-Alive: timeout=1\r\nContent-Length: 2\r\n\r\nok');
  const rig = await rigWith(usual, brief, none);
  const client = await rig.client();
  const ask = async () => {
    for (let index = 0; index < 3; index += 1) {
      client.text = '';
      client.send(get);
      await client.until('ok');
    }
  };
  const counts = () => [usual, brief, none].map((one) => one.received.length);
  await ask();
  await ask();
  expect(counts()).toEqual([1, 1, 2]);
  rig.clock.advance(900);
  await ask();
  expect(counts()).toEqual([1, 1, 3]);
  rig.clock.advance(1000);
  await ask();
  expect(counts()).toEqual([1, 2, 4]);
  rig.clock.advance(5000);
  await waitFor(() => usual.sockets[0]?.readableEnded);
  await ask();
  expect(counts()).toEqual([2, 3, 5]);
});

test('a client that goes away takes its request with it', async () => {
  let aborted = 0;
  const instance = await nodeInstance((request, response) => {
    response.on('close', () => (aborted += request.url === '/wait' && !response.writableFinished ? 1 : 0));
    if (request.url !== '/wait') response.write('piece');
  });
  const rig = await rigWith(instance);
  const [waiting, reading] = [await rig.client(), await rig.client()];
  waiting.send('GET /wait HTTP/1.1\r\nHost: a\r\n\r\n');
  reading.send('GET /read HTTP/1.1\r\nHost: a\r\n\r\n');
  await reading.until('piece');
  await waitFor(() => rig.targets[0]?.open === 2);
  waiting.socket.resetAndDestroy();
  await waitFor(() => aborted === 1);
  await waitFor(() => rig.targets[0]?.open === 1);
  // Whether one that ended its side is gone shows only after a while.
  reading.destroy();
  await waitFor(() => {
    rig.clock.advance(1000);
    return rig.targets[0]?.open === 0;
  });
});

test('a client that ends in the middle of its body takes its request with it', async () => {
  const instance = await rawInstance(() => undefined);
  const rig = await rigWith(instance);
  const client = await rig.client();
  client.send('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc');
  await waitFor(() => instance.received[0]?.endsWith('abc'));
  client.socket.end();
  await client.ended;
  await waitFor(() => instance.sockets[0]?.readableEnded);
  expect(rig.targets[0]?.open).toBe(0);
});
