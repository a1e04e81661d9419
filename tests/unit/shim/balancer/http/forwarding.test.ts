// What an instance gets to see of a request, and a client of a response.
import { expect, test } from 'vitest';
import { answering, nodeInstance, rawInstance } from './instances.ts';
import { rigWith } from './rig.ts';

const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

test('fields stay as they came, those of the hop go, and the forwarding ones are added', async () => {
  const instance = await answering(ok);
  const rig = await rigWith(instance);
  await rig.ask(
    'GET /a?b=c HTTP/1.1\r\nhOsT: example.org:80\r\nX-B: 2 \r\nx-b:1\r\nConnection: close, X-Secret , keep-alive\r\nKeep-Alive: timeout=3\r\n' +
      'X-Secret: s\r\nProxy-Connection: x\r\nTE: gzip, trailers\r\nUpgrade: h2c\r\nX-A:\t\xe9\r\n\r\n',
  );
  expect(instance.received[0]).toBe(
    'GET /a?b=c HTTP/1.1\r\nhOsT: example.org:80\r\nX-B: 2 \r\nx-b:1\r\nX-A:\t\xe9\r\nX-Forwarded-For: 127.0.0.1\r\nX-Forwarded-Proto: http\r\n' +
      'X-Forwarded-Host: example.org:80\r\nTE: trailers\r\nConnection: TE\r\n\r\n',
  );
});

test('X-Forwarded-For is appended to; the other two are left to a proxy in front', async () => {
  const instance = await answering(ok);
  const rig = await rigWith(instance);
  await rig.ask(
    'GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 10.0.0.1\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: b\r\nx-forwarded-for: 10.0.0.2\r\nConnection: close\r\n\r\n',
  );
  expect(instance.received[0]).toBe(
    'GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: b\r\nX-Forwarded-For: 10.0.0.1, 10.0.0.2, 127.0.0.1\r\n\r\n',
  );
});

test('Connection cannot take away what the message cannot do without', async () => {
  const instance = await rawInstance((socket, text) => {
    if (text.endsWith('abc')) socket.write(ok);
  });
  const rig = await rigWith(instance);
  await rig.ask('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nConnection: close, Host, Content-Length, X-Forwarded-For\r\n\r\nabc');
  expect(instance.received[0]).toContain('Host: a\r\nContent-Length: 3\r\nX-Forwarded-For: 127.0.0.1\r\n');
});

test('an absolute target becomes a path; HTTP/1.0 without a Host gets one', async () => {
  const instance = await answering(ok);
  const rig = await rigWith(instance);
  await rig.ask('GET HTTP://A.example?x HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\r\n');
  await rig.ask('GET / HTTP/1.0\r\n\r\n');
  const all = instance.received.join('');
  expect(all).toContain('GET /?x HTTP/1.1\r\nHost: a.example\r\n');
  expect(all).toContain(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${instance.port}\r\n`);
});

test('a response keeps its fields, loses those of the hop, and its connection is used again', async () => {
  const instance = await answering('HTTP/1.1 299 Odd Reason\r\nset-cookie: a\r\nSet-Cookie: b\r\nKeep-Alive: timeout=9\r\nConnection: keep-alive, X-Hop\r\nX-Hop: 1\r\nContent-Length: 2\r\n\r\nok');
  const rig = await rigWith(instance);
  const client = await rig.client();
  for (let round = 1; round <= 3; round += 1) {
    client.text = '';
    client.send('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    await client.until('ok');
    expect(client.text).toBe('HTTP/1.1 299 Odd Reason\r\nset-cookie: a\r\nSet-Cookie: b\r\nContent-Length: 2\r\n\r\nok');
  }
  expect(instance.received).toHaveLength(1);
  expect(rig.targets[0]?.requests).toBe(3);
  expect(rig.targets[0]?.open).toBe(0);
  expect(rig.targets[0]?.figures(rig.clock.elapsed()).p50Ms).toBeGreaterThan(0);
});

test.each([
  ['HEAD', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n'],
  ['HEAD', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'],
  ['GET', 'HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n'],
  ['GET', 'HTTP/1.1 204 No Content\r\n\r\n'],
])('no body follows: %s, %j', async (method, response) => {
  const instance = await answering(response);
  const rig = await rigWith(instance);
  const client = await rig.client();
  for (let round = 1; round <= 2; round += 1) {
    client.send(`${method} / HTTP/1.1\r\nHost: a\r\n\r\n`);
    await client.until(response.repeat(round));
  }
  expect(client.text).toBe(response.repeat(2));
  expect(instance.received).toHaveLength(1);
});

test('chunks, extensions and trailers are passed on both ways', async () => {
  const chunks = '5;a="b"\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n';
  const instance = await rawInstance((socket, text) => {
    if (text.endsWith('X-Sum: 1\r\n\r\n')) socket.write(`HTTP/1.1 200 OK\r\nTrailer: X-Sum\r\nTransfer-Encoding: chunked\r\n\r\n${chunks}`);
  });
  const rig = await rigWith(instance);
  const client = await rig.client();
  client.send(`POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\nTrailer: X-Sum\r\n\r\n${chunks}`);
  await client.until('X-Sum: 1\r\n\r\n');
  expect(client.text).toBe(`HTTP/1.1 200 OK\r\nTrailer: X-Sum\r\nTransfer-Encoding: chunked\r\n\r\n${chunks}`);
  expect(instance.received[0]?.endsWith(`Transfer-Encoding: chunked\r\n\r\n${chunks}`)).toBe(true);
});

test('HTTP/1.0 gets no chunks and no interim responses, and its connection ends', async () => {
  const instance = await answering(
    'HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n4;x\r\ndefg\r\n0\r\nT: 1\r\n\r\n',
  );
  const rig = await rigWith(instance);
  expect(await rig.ask('GET / HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n')).toBe('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nabcdefg');
});

test('a response that ends with its connection ends that of the client', async () => {
  const instance = await rawInstance((socket) => void socket.end('HTTP/1.0 200 Fine\r\nX: 1\r\n\r\nuntil the end'));
  const rig = await rigWith(instance);
  expect(await rig.ask('GET / HTTP/1.1\r\nHost: a\r\n\r\n')).toBe('HTTP/1.1 200 Fine\r\nX: 1\r\nConnection: close\r\n\r\nuntil the end');
  expect(rig.targets[0]?.open).toBe(0);
});

test('interim responses pass, and Expect reaches the instance before the body is sent', async () => {
  const instance = await nodeInstance((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => response.end(`got ${body}`));
  });
  const rig = await rigWith(instance);
  const client = await rig.client();
  client.send('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n');
  await client.until('HTTP/1.1 100 Continue\r\n\r\n');
  client.send('body');
  await client.until('got body');
  expect(client.text).not.toContain('Connection: close');
});

test('a refused expectation ends the connection: the body may come or not', async () => {
  const instance = await answering('HTTP/1.1 417 No\r\nContent-Length: 0\r\n\r\n');
  const rig = await rigWith(instance);
  expect(await rig.ask('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n')).toBe(
    'HTTP/1.1 417 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n',
  );
  expect(rig.targets[0]?.open).toBe(0);
});

test('pipelined requests are answered one after the other, in order', async () => {
  let under = 0;
  let most = 0;
  const instance = await nodeInstance((request, response) => {
    under += 1;
    most = Math.max(most, under);
    setImmediate(() => {
      under -= 1;
      response.end(`[${request.url ?? ''}]`);
    });
  });
  const rig = await rigWith(instance, await nodeInstance((request, response) => void response.end(`[${request.url ?? ''}]`)));
  const client = await rig.client();
  const count = 50;
  client.send(Array.from({ length: count }, (_, index) => `${index % 5 === 0 ? 'POST' : 'GET'} /${index} HTTP/1.1\r\nHost: a\r\n${index % 5 === 0 ? 'Content-Length: 3\r\n\r\nabc' : '\r\n'}`).join(''));
  await client.until(`[/${count - 1}]`);
  expect(client.text.match(/\[\/\d+\]/g)).toEqual(Array.from({ length: count }, (_, index) => `[/${index}]`));
  expect(most).toBe(1);
});

test('a client that has finished sending still gets its response', async () => {
  const instance = await nodeInstance((_request, response) => void setImmediate(() => response.end('late')));
  const rig = await rigWith(instance);
  const client = await rig.client();
  client.socket.end('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  await client.ended;
  expect(client.text).toContain('late');
});

test('empty lines before a request are ignored', async () => {
  const rig = await rigWith(await answering(ok));
  expect(await rig.ask('\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')).toContain('200 OK');
});
