// Bytes come in any pieces: at every position of a request and of a response, the outcome is the same.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ChunkedBody } from '../../../../../electron/shim/balancer/http/chunked-body.ts';
import { waitFor } from '../../../../helpers/wait-for.ts';
import { rawInstance, type RawInstance } from './instances.ts';
import { createRig, type Rig } from './rig.ts';

const body = '4;n=v\r\nWiki\r\n005\r\npedia\r\nE\r\n in\r\n\r\nchunks.\r\n0\r\nX-Sum: 1\r\n\r\n';
const request = `POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n${body}`;
const response = `HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${body}`;
/** How the next response is to be split; set before each request. */
let splitAt = 0;
let instance: RawInstance;
let rig: Rig;

beforeAll(async () => {
  instance = await rawInstance((socket, text, index) => {
    if (!text.endsWith('X-Sum: 1\r\n\r\n')) return;
    instance.received[index] = '';
    lastRequest = text;
    socket.write(response.slice(0, splitAt), 'latin1');
    setImmediate(() => setImmediate(() => socket.write(response.slice(splitAt), 'latin1')));
  });
  rig = await createRig([instance.port]);
});

afterAll(() => {
  rig.close();
  instance.kill();
});

let lastRequest = '';

test('a request and its response, split at every position', async () => {
  const client = await rig.client();
  for (let position = 1; position < request.length; position += 1) {
    splitAt = 1 + (position % (response.length - 1));
    client.text = '';
    lastRequest = '';
    const done = new Promise<void>((resolve) => {
      const look = (): void => {
        if (client.text.length < response.length) return;
        client.socket.off('data', look);
        resolve();
      };
      client.socket.on('data', look);
    });
    client.send(request.slice(0, position));
    await new Promise((resolve) => setImmediate(resolve));
    client.send(request.slice(position));
    await done;
    expect(client.text).toBe(response);
    expect(lastRequest.slice(lastRequest.indexOf('\r\n\r\n') + 4)).toBe(body);
    expect(lastRequest.startsWith('POST /a HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 127.0.0.1\r\n')).toBe(true);
  }
  expect(rig.targets[0]?.open).toBe(0);
});

test('byte by byte', async () => {
  const client = await rig.client();
  splitAt = 5;
  for (const character of request) {
    client.send(character);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await client.until(response);
  await waitFor(() => rig.targets[0]?.open === 0);
});

test('chunks are read alike in any three pieces', () => {
  const bytes = Buffer.from(`${body}GET / next`, 'latin1');
  for (let first = 0; first < body.length; first += 1) {
    for (let second = first; second < body.length; second += 1) {
      let content = '';
      const reader = new ChunkedBody(1000, (from, to) => (content += bytes.toString('latin1', from, to)));
      let at = 0;
      for (const end of [first, second, bytes.length]) at = reader.take(bytes, at, end);
      expect(at).toBe(body.length);
      expect(reader.done).toBe(true);
      expect(content).toBe('Wikipedia in\r\n\r\nchunks.');
    }
  }
});

test('bytes that were changed at any place are refused or mean the same to everybody, but never read past their end', () => {
  const good = Buffer.from(body, 'latin1');
  for (let index = 0; index < good.length; index += 1) {
    for (const code of [0, 10, 13, 32, 48, 59, 97, 255]) {
      const bytes = Buffer.from(good);
      bytes[index] = code;
      const reader = new ChunkedBody(1000);
      const end = reader.take(bytes, 0, bytes.length);
      expect(end).toBeLessThanOrEqual(bytes.length);
      expect(reader.done && reader.bad).toBe(false);
      if (reader.done) expect(bytes.toString('latin1', end - 4, end)).toBe('\r\n\r\n');
    }
  }
});
