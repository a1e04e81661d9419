// Bodies go through as they come, and no faster than they are taken.
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { ChunkedBody } from '../../../../../electron/shim/balancer/http/chunked-body.ts';
import { waitFor } from '../../../../helpers/wait-for.ts';
import { nodeInstance, rawInstance } from './instances.ts';
import { rigWith } from './rig.ts';

const get = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';
/** More than the kernel keeps on the way on both connections. */
const large = 32 * 1024 * 1024;
const pieceBytes = 64 * 1024;

function pieceOf(index: number): Buffer {
  return Buffer.alloc(pieceBytes, (index * 31 + 7) % 251);
}

function hashOf(pieces: number): string {
  const hash = createHash('sha256');
  for (let index = 0; index < pieces; index += 1) hash.update(pieceOf(index));
  return hash.digest('hex');
}

test('server-sent events arrive one by one', async () => {
  const { promise: opened, resolve } = deferred<(text: string) => void>();
  const instance = await nodeInstance((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.flushHeaders();
    resolve((text) => void response.write(text));
  });
  const rig = await rigWith(instance);
  const client = await rig.client();
  client.send(get);
  const send = await opened;
  await client.until('text/event-stream');
  for (let index = 0; index < 5; index += 1) {
    send(`data: ${index}\n\n`);
    await client.until(`data: ${index}\n\n`);
  }
});

test('a large download waits for its client, and arrives whole', async () => {
  let written = 0;
  let isBlocked = false;
  const instance = await nodeInstance((_request, response) => {
    const pieces = large / pieceBytes;
    let index = 0;
    const go = (): void => {
      isBlocked = false;
      while (index < pieces) {
        written += pieceBytes;
        if (!response.write(pieceOf(index++))) {
          isBlocked = true;
          response.once('drain', go);
          return;
        }
      }
      response.end();
    };
    response.writeHead(200, { 'content-length': large });
    go();
  });
  const rig = await rigWith(instance);
  const client = await rig.client();
  const hash = createHash('sha256');
  let length = 0;
  let head = '';
  client.socket.removeAllListeners('data');
  client.socket.pause();
  client.send(get);
  await waitFor(() => written > 0 && isBlocked);
  // Nothing moves any more: all queues are full, and far from everything is in them.
  await waitFor(quiet(() => written));
  expect(written).toBeLessThan(large * 0.7);
  client.socket.on('data', (bytes: Buffer) => {
    let content = bytes;
    if (!head.includes('\r\n\r\n')) {
      head += bytes.toString('latin1');
      content = Buffer.from(head.slice(head.indexOf('\r\n\r\n') + 4), 'latin1');
    }
    hash.update(content);
    length += content.length;
  });
  client.socket.resume();
  await waitFor(() => length === large);
  expect(hash.digest('hex')).toBe(hashOf(large / pieceBytes));
  expect(rig.targets[0]?.open).toBe(0);
});

test('a large upload waits for its instance, and arrives whole', async () => {
  const hash = createHash('sha256');
  const { promise: arrived, resolve } = deferred<() => void>();
  const instance = await nodeInstance((request, response) => {
    resolve(() => {
      request.on('data', (bytes: Buffer) => hash.update(bytes));
      request.on('end', () => response.end('all here'));
    });
  });
  const rig = await rigWith(instance);
  const client = await rig.client();
  client.send(`POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ${large}\r\n\r\n`);
  let sent = 0;
  const go = (): void => {
    while (sent < large) {
      const mayGoOn = client.socket.write(pieceOf(sent / pieceBytes));
      sent += pieceBytes;
      if (!mayGoOn) {
        client.socket.once('drain', go);
        return;
      }
    }
  };
  go();
  const read = await arrived;
  await waitFor(quiet(() => sent));
  expect(sent).toBeLessThan(large * 0.7);
  // Not the fault of the client: it would send if it could.
  rig.clock.advance(25_000);
  read();
  await client.until('all here');
  expect(hash.digest('hex')).toBe(hashOf(large / pieceBytes));
  expect(client.text).toMatch(/^HTTP\/1\.1 200 /);
});

test('both directions at the same time: an echo', async () => {
  const instance = await nodeInstance((request, response) => void request.pipe(response));
  const rig = await rigWith(instance);
  const client = await rig.client();
  const text = Array.from({ length: 20_000 }, (_, index) => `line ${index}\n`).join('');
  client.send(`POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ${text.length}\r\n\r\n`);
  const middle = text.length / 2;
  client.send(text.slice(0, middle));
  await client.until('line 5000\n');
  client.send(text.slice(middle));
  await client.until('0\r\n\r\n');
  const bytes = Buffer.from(client.text.slice(client.text.indexOf('\r\n\r\n') + 4), 'latin1');
  let echoed = '';
  new ChunkedBody(0, (from, to) => (echoed += bytes.toString('latin1', from, to))).take(bytes, 0, bytes.length);
  expect(echoed).toBe(text);
  expect(rig.targets[0]?.open).toBe(0);
});

test('a response before the end of its request: the rest still goes to the instance, then the connection ends', async () => {
  const instance = await rawInstance((socket, text) => {
    if (text.endsWith('abc')) socket.write('HTTP/1.1 202 Accepted\r\nContent-Length: 2\r\n\r\nok');
  });
  const rig = await rigWith(instance);
  const client = await rig.client();
  client.send('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\nabc');
  await client.until('Connection: close\r\n\r\nok');
  client.send('def');
  await client.ended;
  expect(instance.received[0]?.endsWith('abcdef')).toBe(true);
  expect(rig.targets[0]?.open).toBe(0);
});

test('a response before the end of its request, and the instance closes: the client still gets it', async () => {
  const instance = await rawInstance((socket, text) => {
    if (text.endsWith('abc')) socket.end('HTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: 2\r\n\r\nno');
  });
  const rig = await rigWith(instance);
  const client = await rig.client();
  client.send('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 600000\r\n\r\nabc');
  await client.ended;
  client.send('x'.repeat(100_000));
  expect(client.text).toBe('HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno');
});

/** True when the value has stayed the same for twenty looks. */
function quiet(value: () => number): () => boolean {
  let last = -1;
  let times = 0;
  return () => {
    times = value() === last ? times + 1 : 0;
    last = value();
    return times >= 20;
  };
}

function deferred<Value>(): { readonly promise: Promise<Value>; readonly resolve: (value: Value) => void } {
  let resolve: (value: Value) => void = () => undefined;
  const promise = new Promise<Value>((settle) => (resolve = settle));
  return { promise, resolve };
}
