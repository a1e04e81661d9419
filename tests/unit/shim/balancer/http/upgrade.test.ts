// Upgraded connections: bytes both ways, whatever they are.
import { createHash } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { waitFor } from '../../../../helpers/wait-for.ts';
import { answering, nodeInstance, rawInstance } from './instances.ts';
import { rigWith } from './rig.ts';

const upgrade = 'GET /chat HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: k\r\n\r\n';
const switching = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n';

/** Echoes what comes after the head. */
async function echoing() {
  const instance = await nodeInstance((_request, response) => void response.end('plain'));
  instance.server.on('upgrade', (request, socket, head) => {
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: ${request.headers.upgrade ?? ''}\r\nX-Path: ${request.url ?? ''}\r\n\r\n`);
    socket.write(head);
    socket.on('error', () => undefined);
    socket.pipe(socket);
    onTestFinished(() => void socket.destroy());
  });
  return instance;
}

test('an upgraded connection echoes, and each direction ends on its own', async () => {
  const rig = await rigWith(await echoing());
  const client = await rig.client();
  client.send(upgrade);
  await client.until('\r\n\r\n');
  expect(client.text).toBe('HTTP/1.1 101 Switching Protocols\r\nX-Path: /chat\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
  expect(rig.targets[0]?.open).toBe(1);
  client.send('GET / HTTP/1.1\n\0\xff no HTTP at all');
  await client.until('no HTTP at all');
  client.socket.end('last words');
  await client.ended;
  expect(client.text.endsWith('last words')).toBe(true);
  await waitFor(() => rig.targets[0]?.open === 0);
});

test('the side of the instance may end first', async () => {
  const instance = await rawInstance((socket, text) => {
    if (text.endsWith('\r\n\r\n')) socket.end(`${switching}server is done`);
  });
  const rig = await rigWith(instance);
  const client = await rig.client();
  client.send(upgrade);
  await client.ended;
  expect(client.text).toBe(`${switching}server is done`);
  client.send('but the client is not');
  await waitFor(() => instance.received[0]?.endsWith('but the client is not'));
  expect(rig.targets[0]?.open).toBe(1);
  client.socket.end();
  await waitFor(() => rig.targets[0]?.open === 0);
});

test('bytes that come with the heads are not lost', async () => {
  const instance = await rawInstance((socket, text, index) => {
    if (text.includes('\r\n\r\n') && !socket.destroyed && instance.received[index] === text && !text.includes('!')) socket.write(`${switching}early answer`);
  });
  const rig = await rigWith(instance);
  const client = await rig.client();
  client.send(`${upgrade}early question`);
  await client.until('early answer');
  await waitFor(() => instance.received[0]?.endsWith('early question'));
});

test('megabytes go through an upgraded connection unharmed', async () => {
  const rig = await rigWith(await echoing());
  const client = await rig.client();
  client.send(upgrade);
  await client.until('\r\n\r\n');
  const sent = createHash('sha256');
  const came = createHash('sha256');
  const total = 4 * 1024 * 1024;
  let length = 0;
  client.socket.removeAllListeners('data');
  client.socket.on('data', (bytes) => {
    came.update(bytes);
    length += bytes.length;
  });
  for (let index = 0; index < 32; index += 1) {
    const piece = Buffer.alloc(total / 32, index * 7 + 1);
    sent.update(piece);
    client.socket.write(piece);
  }
  await waitFor(() => length === total);
  expect(came.digest('hex')).toBe(sent.digest('hex'));
});

test('a refused upgrade is an ordinary response', async () => {
  const rig = await rigWith(await answering('HTTP/1.1 426 Upgrade Required\r\nUpgrade: other\r\nConnection: Upgrade\r\nContent-Length: 2\r\n\r\nno'));
  const client = await rig.client();
  for (let round = 1; round <= 2; round += 1) {
    client.text = '';
    client.send(upgrade);
    await client.until('no');
    expect(client.text).toBe('HTTP/1.1 426 Upgrade Required\r\nContent-Length: 2\r\nUpgrade: other\r\nConnection: Upgrade\r\n\r\nno');
  }
});

test.each([
  ['HTTP/1.0', upgrade.replace('HTTP/1.1', 'HTTP/1.0')],
  ['a body', upgrade.replace('\r\n\r\n', '\r\nContent-Length: 3\r\n\r\nabc')],
  ['no Connection', upgrade.replace(', Upgrade\r\n', '\r\n')],
])('it is no upgrade with %s', async (_name, request) => {
  const instance = await nodeInstance((incoming, response) => void response.end(`upgrade=${incoming.headers.upgrade ?? 'none'}`));
  const rig = await rigWith(instance);
  const client = await rig.client();
  client.send(request);
  await client.until('upgrade=none');
});

test('a reset on either side resets the other one', async () => {
  const rig = await rigWith(await echoing());
  const [first, second] = [await rig.client(), await rig.client()];
  for (const client of [first, second]) {
    client.send(upgrade);
    await client.until('\r\n\r\n');
  }
  const [target] = rig.targets;
  expect(target?.open).toBe(2);
  first.socket.resetAndDestroy();
  await waitFor(() => target?.open === 1);
  if (target !== undefined) expect(rig.front.cut(target)).toBe(1);
  await second.ended;
  await waitFor(() => target?.open === 0);
});
