// The load generator is what says that a reload fails no request. So it has to see each way in which one can fail.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { startLoad, startTcpLoad, type Load } from '../helpers/load/start-load.ts';
import type { LoadReport } from '../helpers/load/plan.ts';
import { waitFor } from '../helpers/wait-for.ts';

const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody';
const quick = { clients: 4, slowShare: 0, timeoutMs: 1000 };

async function portOf(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** A server that does this with every request it reads; gives its port. */
async function serverThat(act: (socket: Socket, requests: number) => void): Promise<number> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    let requests = 0;
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => undefined);
    socket.on('data', () => act(socket, (requests += 1)));
  });
  const port = await portOf(server);
  onTestFinished(() => {
    server.close();
    for (const socket of open) socket.destroy();
  });
  return port;
}

async function unusedPort(): Promise<number> {
  const server = createServer();
  const port = await portOf(server);
  server.close();
  await once(server, 'close');
  return port;
}

async function fixture(name: string): Promise<number> {
  const port = await unusedPort();
  const child = spawn(process.execPath, [fileURLToPath(new URL(`../fixtures/servers/${name}`, import.meta.url))], { env: { PORT: String(port), NODE_APP_INSTANCE: '7' }, stdio: 'inherit' });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await once(child, 'exit');
  });
  return port;
}

async function until(load: Load, reached: (report: LoadReport) => boolean): Promise<LoadReport> {
  onTestFinished(async () => void (await load.stop()));
  await waitFor(async () => reached(await load.look()), { what: 'the load to get that far' });
  return load.stop();
}

const enough = (report: LoadReport): boolean => report.requests >= 20;

test.each(['naive.mjs', 'naive.cjs'])('%s answers every request, slow ones too', async (name) => {
  const port = await fixture(name);
  await waitFor(async () => (await (await startLoad({ ...quick, port })).stop()).failed === 0, { what: 'the server to listen' });
  const report = await until(await startLoad({ port, postShare: 0.2 }), ({ requests }) => requests > 200);
  expect(report).toMatchObject({ failed: 0, failures: [], perInstance: { 7: report.requests } });
  expect(report.connections).toBeLessThan(report.requests);
  expect(report.latencyMs.p50).toBeGreaterThan(0);
});

test('echo.mjs answers every line', async () => {
  const port = await fixture('echo.mjs');
  await waitFor(async () => (await (await startTcpLoad({ port, clients: 1, sessionMs: 1 })).stop()).failed === 0, { what: 'the server to listen' });
  const report = await until(await startTcpLoad({ port, clients: 20, sessionMs: 50 }), enough);
  expect(report).toMatchObject({ failed: 0, connections: report.requests, perInstance: { 7: report.requests } });
});

test.each<[reason: string, act: (socket: Socket, requests: number) => void]>([
  ['status 503', (socket) => void socket.write(answer.replace('200', '503'))],
  ['closed unanswered', (socket) => void socket.end()],
  ['closed unanswered', (socket, requests) => void (requests === 1 ? socket.write(answer) : socket.end())],
  ['truncated', (socket) => void socket.end(answer.slice(0, -1))],
  ['truncated', (socket) => void socket.end(answer.slice(0, 20))],
  ['truncated', (socket) => void socket.end(answer.replace('Content-Length: 4', 'Transfer-Encoding: chunked').replace('body', '4\r\nbody\r\n'))],
  ['ECONNRESET', (socket) => void socket.resetAndDestroy()],
  ['timeout', () => undefined],
  ['malformed', (socket) => void socket.write('SSH-2.0')],
  ['unasked bytes', (socket) => void socket.write(`${answer}more`)],
])('%s is a failure', async (reason, act) => {
  const port = await serverThat(act);
  const report = await until(await startLoad({ ...quick, port, keepAlive: 'yes', timeoutMs: 200 }), enough);
  expect(report.failures).toEqual([{ reason, count: report.failed }]);
  expect(report.failed).toBeGreaterThan(0);
});

test('nobody listens', async () => {
  const report = await until(await startLoad({ ...quick, port: await unusedPort() }), enough);
  expect(report).toMatchObject({ ok: 0, failures: [{ reason: 'ECONNREFUSED', count: report.requests }] });
});

test('a connection that is closed between two requests fails none', async () => {
  const port = await serverThat((socket) => void socket.write(answer, () => setTimeout(() => socket.end(), 5)));
  const report = await until(await startLoad({ ...quick, port, clients: 1, keepAlive: 'yes', thinkMs: 200 }), ({ closedIdle }) => closedIdle > 2);
  // Those that were written at once may have met the close.
  expect(report.failures.filter(({ reason }) => reason !== 'closed unanswered' && reason !== 'ECONNRESET')).toEqual([]);
  expect(report.connections).toBeGreaterThanOrEqual(report.closedIdle);
});

test('a new connection after `Connection: close`', async () => {
  const port = await serverThat((socket) => void socket.write(answer.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n')));
  const report = await until(await startLoad({ ...quick, port, keepAlive: 'yes' }), enough);
  expect(report).toMatchObject({ failed: 0, closedIdle: 0, connections: report.requests });
});

test.each<[reason: string, act: (socket: Socket) => void]>([
  ['closed unanswered', (socket) => void socket.end()],
  ['truncated', (socket) => void socket.end('0 1 lin')],
  ['wrong echo', (socket) => void socket.write('0 1 else\n')],
  ['ECONNRESET', (socket) => void socket.resetAndDestroy()],
])('tcp: %s is a failure', async (reason, act) => {
  const report = await until(await startTcpLoad({ clients: 4, port: await serverThat(act) }), enough);
  expect(report).toMatchObject({ ok: 0, failures: [{ reason, count: report.requests }] });
});
