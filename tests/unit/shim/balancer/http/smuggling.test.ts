// Requests that two servers could read differently are refused, and the instance sees nothing of them.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { waitFor } from '../../../../helpers/wait-for.ts';
import { answering, rawInstance, type RawInstance } from './instances.ts';
import { createRig, type Rig } from './rig.ts';

let instance: RawInstance;
let rig: Rig;

beforeEach(async () => {
  instance = await answering('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
  rig = await createRig([instance.port]);
});

afterEach(() => {
  rig.close();
  instance.kill();
});

const start = 'POST / HTTP/1.1\r\nHost: a\r\n';
const smuggled = 'GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n';
const chunked = `${start}Transfer-Encoding: chunked\r\n\r\n`;

const attempts: readonly (readonly [string, string, number?])[] = [
  ['both framings', `${start}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`],
  ['both framings, the other way round', `${start}Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n`],
  ['two lengths', `${start}Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd`],
  ['the same length twice', `${start}Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc`],
  ['a list of lengths', `${start}Content-Length: 3, 3\r\n\r\nabc`],
  ['a signed length', `${start}Content-Length: +3\r\n\r\nabc`],
  ['a negative length', `${start}Content-Length: -3\r\n\r\nabc`],
  ['a hexadecimal length', `${start}Content-Length: 0x3\r\n\r\nabc`],
  ['a length with a blank', `${start}Content-Length: 1 0\r\n\r\nabc`],
  ['an empty length', `${start}Content-Length:\r\n\r\nabc`],
  ['a length beyond all counting', `${start}Content-Length: 99999999999999999999\r\n\r\nabc`],
  ['another coding', `${start}Transfer-Encoding: gzip\r\n\r\n`, 501],
  ['two codings', `${start}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`, 501],
  ['chunked twice', `${start}Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, 501],
  ['chunked and identity', `${start}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n`, 501],
  ['a disguised coding', `${start}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`, 501],
  ['a coding behind a vertical tab', `${start}Transfer-Encoding:\x0bchunked\r\n\r\n0\r\n\r\n`],
  ['a quoted coding', `${start}Transfer-Encoding: "chunked"\r\n\r\n0\r\n\r\n`, 501],
  ['an empty coding', `${start}Transfer-Encoding:\r\n\r\n0\r\n\r\n`, 501],
  ['chunks in HTTP/1.0', 'POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
  ['a blank before the colon', `${start}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n`],
  ['a tab before the colon', `${start}Content-Length\t: 3\r\n\r\nabc`],
  ['a folded line', `${start}X: a\r\n Transfer-Encoding: chunked\r\n\r\n`],
  ['a folded first line', 'GET / HTTP/1.1\r\n Host: a\r\n\r\n'],
  ['a line without a colon', `${start}Nonsense\r\n\r\n`],
  ['an empty name', `${start}: x\r\n\r\n`],
  ['a NUL in a value', `${start}X: a\0b\r\n\r\n`],
  ['a NUL in a name', `${start}X\0: a\r\n\r\n`],
  ['a control character', `${start}X: a\x01b\r\n\r\n`],
  ['a DEL', `${start}X: a\x7fb\r\n\r\n`],
  ['a letter beyond ASCII in a name', `${start}Content-L\xe9ngth: 1\r\n\r\n`],
  ['a bare CR in a value', `${start}X: a\rTransfer-Encoding: chunked\r\n\r\n`],
  ['a bare CR before the end', `${start}X: a\r\r\n\r\n`],
  ['a bare LF between fields', `${start}X: a\nTransfer-Encoding: chunked\r\n\r\n`],
  ['a bare LF after the request line', 'GET / HTTP/1.1\nHost: a\r\n\r\n'],
  ['a head that ends with bare LFs', 'GET / HTTP/1.1\r\nHost: a\n\n'],
  ['a bare LF first', `\n${smuggled}`],
  ['a bare CR in the request line', 'GET /\rx HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['no Host', 'GET / HTTP/1.1\r\n\r\n'],
  ['two Hosts', 'GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n'],
  ['two Hosts in HTTP/1.0', 'GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n'],
  ['an invalid Host', 'GET / HTTP/1.1\r\nHost: a/b@c\r\n\r\n'],
  ['a Host with a blank', 'GET / HTTP/1.1\r\nHost: a b\r\n\r\n'],
  ['a target with another Host', 'GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['a target with a user', 'GET http://x@a/ HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['a target of another scheme', 'GET file:///etc HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['a relative target', 'GET x HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['an asterisk that is not for OPTIONS', 'GET * HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['a fragment', 'GET /#x HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['a tab in the target', 'GET /\tx HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['two blanks', 'GET  / HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['a blank before the method', ' GET / HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['a blank after the version', 'GET / HTTP/1.1 \r\nHost: a\r\n\r\n'],
  ['no target', 'GET HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['HTTP/0.9', 'GET /\r\n\r\n'],
  ['another version', 'GET / HTTP/1.2\r\nHost: a\r\n\r\n'],
  ['version 2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ['a version in lower case', 'GET / http/1.1\r\nHost: a\r\n\r\n'],
  ['an invalid method', 'G(T / HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['CONNECT', 'CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n\r\n', 501],
  ['TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n'],
  ['a chunk size that is none', `${chunked}g\r\n\r\n`],
  ['a negative chunk size', `${chunked}-1\r\n\r\n`],
  ['a chunk size with a prefix', `${chunked}0x1\r\na\r\n0\r\n\r\n`],
  ['a chunk size with a blank', `${chunked}1 \r\na\r\n0\r\n\r\n`],
  ['an empty chunk size', `${chunked}\r\na\r\n`],
  ['a chunk size beyond all counting', `${chunked}fffffffffffffffff\r\na`],
  ['a chunk size that ends with LF', `${chunked}1\na\r\n0\r\n\r\n`],
  ['a chunk longer than its size', `${chunked}1\r\nab\r\n0\r\n\r\n`],
  ['a chunk that ends with LF', `${chunked}1\r\na\n0\r\n\r\n`],
  ['an extension with a LF', `${chunked}1;x\na\r\n0\r\n\r\n`],
  ['an extension without end', `${chunked}1;${'x'.repeat(300)}\r\na\r\n0\r\n\r\n`],
  ['a trailer that frames', `${chunked}0\r\nContent-Length: 5\r\n\r\n`],
  ['a trailer with a blank before the colon', `${chunked}0\r\nX : 5\r\n\r\n`],
  ['a trailer that ends with LF', `${chunked}0\r\nX: 5\n\r\n`],
  ['trailers without end', `${chunked}0\r\n${'X: 5\r\n'.repeat(800)}\r\n`],
];

test.each(attempts)('%s', async (_name, request, status = 400) => {
  const answer = await rig.ask(request + smuggled);
  expect(answer.slice(0, 13)).toBe(`HTTP/1.1 ${status} `);
  expect(answer).toContain('\r\nConnection: close\r\n');
  expect(answer.match(/HTTP\/1\.1 \d/g)).toHaveLength(1);
  expect(instance.received.join('')).toBe('');
});

test('what is broken behind a valid request is refused after its response', async () => {
  const answer = await rig.ask(`GET /one HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\nHost: a\r\n\r\n${smuggled}`);
  expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 400']);
  expect(instance.received.join('')).not.toContain('smuggled');
});

test('a chunk that turns out bad later ends both connections, and the instance never sees an end of the request', async () => {
  const client = await rig.client();
  client.send(`${chunked}3\r\nabc\r\n`);
  await waitFor(() => instance.received.join('').includes('abc'));
  client.send(`z\r\n\r\n${smuggled}`);
  await client.ended;
  expect(client.text).toContain('HTTP/1.1 400 ');
  expect(instance.received[0]?.endsWith('3\r\nabc\r\n')).toBe(true);
  expect(rig.targets[0]?.open).toBe(0);
});

const badResponses: readonly (readonly [string, string])[] = [
  ['both framings', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
  ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nabc'],
  ['another coding', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n'],
  ['a bare LF', 'HTTP/1.1 200 OK\nContent-Length: 2\r\n\r\nok'],
  ['a folded line', 'HTTP/1.1 200 OK\r\nX: a\r\n b\r\n\r\n'],
  ['no status', 'HTTP/1.1 OK\r\n\r\n'],
  ['another protocol', 'SSH-2.0-x\r\n\r\n'],
  ['chunks in HTTP/1.0', 'HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
  ['a bad chunk at once', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n'],
  ['a protocol nobody asked for', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n'],
  ['a head without end', `HTTP/1.1 200 OK\r\n${`X: ${'x'.repeat(1000)}\r\n`.repeat(70)}`],
];

test.each(badResponses)('a response that breaks the rules is a 502: %s', async (_name, response) => {
  const bad = await rawInstance((socket) => void socket.write(response, 'latin1'));
  const other = await createRig([bad.port]);
  try {
    const client = await other.client();
    for (let round = 1; round <= 2; round += 1) {
      client.text = '';
      client.send('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
      await client.until('\n502 Bad Gateway');
      expect(client.text.startsWith('HTTP/1.1 502 ')).toBe(true);
    }
    // Its connection was not used again.
    expect(bad.received).toHaveLength(2);
    expect(other.logged[0]).toContain('web-0');
    expect(other.targets[0]?.open).toBe(0);
  } finally {
    other.close();
    bad.kill();
  }
});

test('an instance that says more than its response is not asked again on that connection', async () => {
  const chatty = await answering('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil');
  const other = await createRig([chatty.port]);
  try {
    const client = await other.client();
    for (let round = 1; round <= 3; round += 1) {
      client.send('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
      await client.until('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'.repeat(round));
    }
    expect(client.text).not.toContain('evil');
    expect(chatty.received).toHaveLength(3);
  } finally {
    other.close();
    chatty.kill();
  }
});
