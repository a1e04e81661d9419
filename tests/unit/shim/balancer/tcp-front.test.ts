// tcp: real sockets on both sides.
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listenRaw } from '../../../../electron/platform/raw-connection.ts';
import { Pool } from '../../../../electron/shim/balancer/pool.ts';
import { Target } from '../../../../electron/shim/balancer/target.ts';
import { createTcpFront } from '../../../../electron/shim/balancer/tcp-front.ts';
import { balancerDefaults } from '../../../../shared/contract/spec.ts';
import { freePort } from '../../../helpers/free-port.ts';
import { manualClock } from '../../../helpers/manual-clock.ts';
import { waitFor } from '../../../helpers/wait-for.ts';

/** All that comes until the other side ends; the socket stays open for the other direction. */
async function text(socket: Socket): Promise<string> {
  let all = '';
  socket.on('data', (chunk) => (all += String(chunk)));
  await once(socket, 'end');
  return all;
}

async function upstream(serve: (socket: Socket) => void): Promise<number> {
  const server: Server = createServer({ allowHalfOpen: true }, (socket) => {
    onTestFinished(() => void socket.destroy());
    // A client that is cut off is what some of these tests are about.
    socket.on('error', () => undefined);
    serve(socket);
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function setUp(...ports: readonly number[]) {
  const clock = manualClock();
  const pool = new Pool('tcp', 'round-robin', { clock, random: Math.random });
  pool.configure('tcp', 'round-robin', 2000);
  const front = createTcpFront({ pool, clock, log: () => undefined, limits: () => balancerDefaults });
  const listener = await listenRaw({ host: '127.0.0.1', port: 0 }, (connection) => front.accept(connection));
  const targets = ports.map((port, instance) => new Target({ id: `db:${instance}`, run: 1, instance, mode: 'tcp', port }));
  for (const target of targets) {
    target.state = 'ready';
    pool.targets.add(target);
  }
  pool.changed();
  onTestFinished(() => {
    for (const target of targets) front.cut(target);
    front.close();
    pool.close();
    listener.close();
  });
  const dial = (): Socket => {
    const socket = connect({ port: listener.port, host: '127.0.0.1', allowHalfOpen: true });
    onTestFinished(() => void socket.destroy());
    return socket;
  };
  return { clock, pool, front, targets, dial };
}

describe('each direction ends on its own', () => {
  it('the client ends first, and still gets the answer', async () => {
    const port = await upstream((socket) => void text(socket).then((all) => socket.end(`${all.length} bytes`)));
    const { dial, targets: [target] } = await setUp(port);
    const client = dial();
    client.end('x'.repeat(1000));
    expect(await text(client)).toBe('1000 bytes');
    await waitFor(() => target?.open === 0, { what: 'the connection to be over' });
    expect(target?.requests).toBe(1);
  });

  it('the instance ends first, and still gets what the client sends', async () => {
    let got = '';
    const port = await upstream((socket) => {
      socket.end('hello');
      socket.on('data', (chunk) => (got += String(chunk)));
    });
    const client = (await setUp(port)).dial();
    expect(await text(client)).toBe('hello');
    client.end('and goodbye');
    await waitFor(() => got === 'and goodbye', { what: 'the last words' });
  });
});

it('carries much in both directions at once, although one side reads late', async () => {
  const size = 20_000_000;
  const port = await upstream((socket) => void socket.pipe(socket));
  const client = (await setUp(port)).dial();
  const block = Buffer.from(Array.from({ length: 65_536 }, (_, index) => index & 255));
  let sent = 0;
  const send = (): void => {
    while (sent < size && client.write(block.subarray(0, Math.min(block.length, size - sent)))) sent += block.length;
    if (sent >= size) client.end();
    else sent += block.length;
  };
  client.on('drain', send);
  client.pause();
  send();
  // Everything in between is full: nobody reads yet, and nothing may be lost or held without bound.
  await waitFor(() => client.writableNeedDrain, { what: 'the client to be stopped' });
  expect(client.bytesWritten).toBeLessThan(size);
  let [received, wrong] = [0, 0];
  client.on('data', (chunk: Buffer) => {
    for (let index = 0; index < chunk.length; index += 4099) if (chunk[index] !== ((received + index) & 255)) wrong += 1;
    received += chunk.length;
  });
  client.resume();
  await once(client, 'end');
  expect([received >= size, wrong]).toEqual([true, 0]);
});

it('a connection that an instance refuses goes to another one before the client notices', async () => {
  const [dead, alive] = [await freePort(), await upstream((socket) => socket.end('alive'))];
  const { dial, targets: [refusing, serving] } = await setUp(dead, alive);
  for (let times = 0; times < 6; times += 1) expect(await text(dial().end())).toBe('alive');
  expect(serving?.requests).toBe(6);
  expect(refusing).toMatchObject({ requests: 0, open: 0, ejections: 1 });
});

it('nobody ready: the connection waits, and is closed when the time is over', async () => {
  const { clock, pool, dial } = await setUp();
  const client = dial();
  client.on('error', () => undefined);
  await waitFor(() => pool.waiting === 1, { what: 'the connection to wait' });
  clock.advance(2000);
  await once(client.resume(), 'end');
  expect(pool.waiting).toBe(0);
});

it('nobody ready for a moment: the connection is served as soon as somebody is', async () => {
  const port = await upstream((socket) => socket.end('late'));
  const { pool, dial, targets: [target] } = await setUp(port);
  if (target !== undefined) target.state = 'starting';
  pool.changed();
  const answer = text(dial().end());
  await waitFor(() => pool.waiting === 1, { what: 'the connection to wait' });
  if (target !== undefined) target.state = 'ready';
  pool.changed();
  expect(await answer).toBe('late');
});

it('a client that resets ends the connection to the instance, and the other way round', async () => {
  const sockets: Socket[] = [];
  const port = await upstream((socket) => void sockets.push(socket));
  const { dial, targets: [target] } = await setUp(port);
  const first = dial();
  await waitFor(() => sockets.length === 1, { what: 'the instance to be reached' });
  first.resetAndDestroy();
  await waitFor(() => target?.open === 0, { what: 'the end of the first' });
  const second = dial();
  second.on('error', () => undefined);
  await waitFor(() => sockets.length === 2, { what: 'the instance to be reached again' });
  sockets[1]?.resetAndDestroy();
  await once(second.resume(), 'end');
  await waitFor(() => target?.open === 0, { what: 'the end of the second' });
});

it('cut ends what is open and counts it', async () => {
  const sockets: Socket[] = [];
  const port = await upstream((socket) => void sockets.push(socket));
  const { dial, front, targets: [target] } = await setUp(port);
  const clients = [dial(), dial(), dial()];
  for (const client of clients) client.on('error', () => undefined);
  await waitFor(() => sockets.length === 3, { what: 'the instance to be reached' });
  expect(target === undefined ? 0 : front.cut(target)).toBe(3);
  await Promise.all(clients.map((client) => once(client.resume(), 'end')));
  await waitFor(() => target?.open === 0, { what: 'all to be over' });
});
