import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:net';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createHttpTransport } from '../../../electron/transport/http/client.ts';
import type { Progress } from '../../../shared/contract/outcomes.ts';
import { Failure } from '../../../shared/model/failure.ts';
import { temporaryFolder } from '../../helpers/temporary.ts';

async function listen(server: Server): Promise<string> {
  const socket = path.join(await temporaryFolder(), 's.sock');
  server.listen(socket);
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return socket;
}

const serveHttp = (answer: (request: IncomingMessage, body: string, response: ServerResponse) => void) =>
  listen(
    createHttpServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => answer(request, Buffer.concat(parts).toString(), response));
    }),
  );

const serveBytes = (bytes: string) => listen(createServer((socket) => socket.once('data', () => socket.end(bytes))));

async function failureOf(socket: string): Promise<Failure> {
  const error: unknown = await createHttpTransport(socket).call('list', {}, {}).then(
    () => new Error('it was answered'),
    (reason: unknown) => reason,
  );
  if (error instanceof Failure) return error;
  throw error;
}

describe('createHttpTransport', () => {
  it('posts the input and gives the result, in any script', async () => {
    const socket = await serveHttp((request, body, response) => {
      response.end(`${JSON.stringify({ result: { method: request.method, url: request.url, contract: request.headers['tspm-contract'], body: JSON.parse(body) } })}\n`);
    });
    expect(await createHttpTransport(socket).call('stop', { selectors: ['żółć'] }, {})).toEqual({
      method: 'POST', url: '/v1/commands/stop', contract: '1', body: { selectors: ['żółć'] },
    });
  });

  it('passes progress on as it comes, then the result', async () => {
    const progress: Progress = { done: 1, total: 2, name: 'api', instance: 0, state: 'online' };
    let finish = (): void => undefined;
    const socket = await serveHttp((_request, _body, response) => {
      response.write(`${JSON.stringify({ progress })}\n`);
      finish = () => response.end(`${JSON.stringify({ result: [] })}\n`);
    });
    const seen: Progress[] = [];
    const onProgress = (next: Progress): void => {
      seen.push(next);
      finish();
    };
    expect(await createHttpTransport(socket).call('list', {}, { onProgress })).toEqual([]);
    expect(seen).toEqual([progress]);
  });

  it('takes an answer of some megabytes', async () => {
    const rows = Array.from({ length: 20_000 }, (_, id) => ({ id, reason: 'ä'.repeat(100) }));
    const socket = await serveHttp((_request, _body, response) => response.end(`${JSON.stringify({ result: rows })}\n`));
    expect(await createHttpTransport(socket).call('list', {}, {})).toEqual(rows);
  });

  it('throws the failure of the engine, whatever the status', async () => {
    const socket = await serveHttp((_request, _body, response) => {
      response.statusCode = 404;
      response.end(`${JSON.stringify({ error: { code: 'nothing-matched', message: 'none', data: { selectors: ['x'] } } })}\n`);
    });
    expect((await failureOf(socket)).value).toEqual({ code: 'nothing-matched', message: 'none', data: { selectors: ['x'] } });
  });

  it('tells an absent engine from a lost one', async () => {
    const folder = await temporaryFolder();
    expect(await failureOf(path.join(folder, 'none.sock'))).toMatchObject({ code: 'engine-unreachable', data: { kind: 'absent' } });
    expect(await failureOf(await serveBytes(''))).toMatchObject({ code: 'engine-unreachable', data: { kind: 'lost' } });
    expect(await failureOf(await serveBytes('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{"pro'))).toMatchObject({ data: { kind: 'lost' } });
  });

  it.each([
    'SSH-2.0-x\r\n\r\n',
    'HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello\n',
    'HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n{}\n',
    'HTTP/1.1 502 Bad\r\nContent-Length: 0\r\n\r\n',
  ])('does not understand everything: %#', async (bytes) => {
    expect((await failureOf(await serveBytes(bytes))).code).toBe('protocol-mismatch');
  });

  it('lets go when the caller does', async () => {
    const gone = new AbortController();
    let connectionEnded: Promise<unknown> = Promise.resolve();
    const socket = await serveHttp((request) => {
      connectionEnded = once(request.socket, 'close');
      gone.abort(new Error('enough'));
    });
    await expect(createHttpTransport(socket).call('list', {}, { signal: gone.signal })).rejects.toThrow('enough');
    await connectionEnded;
    await expect(createHttpTransport(socket).call('list', {}, { signal: gone.signal })).rejects.toThrow('enough');
  });
});
