// The HTTP server of the browser dashboard: the pages for everybody who can reach it, the API for whoever has a key.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { hostname } from 'node:os';
import { answerApi } from '../http/api.ts';
import { HttpProblem, problemStatus, sendProblem, toHttpProblem } from '../http/problem.ts';
import type { Service } from '../service.ts';
import { createHostRule } from './address.ts';
import { createCallers } from './callers.ts';
import { channelPath, createChannels } from './channel.ts';
import { boundConnections } from './connections.ts';
import { createGate } from './gate.ts';
import { setSecurityHeaders } from './headers.ts';
import type { Keys } from './keys.ts';
import { createPages } from './pages.ts';
import type { Session } from './revoked.ts';
import { answerSession, sessionPath } from './session.ts';
import { createTryLimit } from './try-limit.ts';

export interface DoorOptions {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  readonly keys: Keys;
  /** What a page may ask. */
  readonly service: Service;
  /** Folder of the built pages. */
  readonly assets: string;
  /** A page has logged out. Throws a Failure when the next engine will not know of it. */
  readonly endSession: (session: Session) => Promise<void>;
  readonly log: (message: string) => void;
}

export interface Door {
  readonly host: string;
  readonly port: number;
  /** Ends what is open in this session, or everything. */
  disconnect(session: Session | 'all'): void;
  /** Resolves when the port is free and no connection is left. */
  close(): Promise<void>;
}

const maxBody = 1 << 20;
const maxHeadBytes = 16 << 10;
/** Of all kinds: pages, scripts that follow a stream, and callers without a key. */
const maxConnections = 512;
const maxWrongKeys = 5;
/** How long callers may take to read what is under way when the door closes. */
const closeMs = 500;

/** Throws the system error (EADDRINUSE, EACCES, EADDRNOTAVAIL, …) when it cannot listen. */
export async function openDoor({ host, port: wanted, keys, service, assets, endSession, log }: DoorOptions): Promise<Door> {
  const server = createServer({
    maxHeaderSize: maxHeadBytes,
    headersTimeout: 10_000,
    requestTimeout: 10_000,
    keepAliveTimeout: 5000,
    connectionsCheckingInterval: 1000,
  });
  server.maxConnections = maxConnections;
  const port = await listen(server, host, wanted);
  const cookieName = `tspm-${port}`;
  const gate = createGate({ keys, tries: createTryLimit(maxWrongKeys, () => performance.now()), cookieName, isOwnHost: createHostRule(host, port, hostname()), maxBody });
  const connections = boundConnections(server);
  const callers = createCallers();
  const channels = createChannels(service, maxBody, log);
  const pages = createPages(assets);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    gate.checkAddress(request);
    const url = request.url ?? '';
    if (!url.startsWith('/v1/')) return await pages.answer(request, response);
    gate.checkSite(request);
    gate.checkBody(request);
    if (url === sessionPath) return await answerSession(request, response, { gate, keys, cookieName, endSession });
    if (url === '/v1/healthz' && !gate.hasKey(request)) return sayAlive(request, response);
    const gone = callers.add(gate.checkKey(request), () => request.socket.destroy());
    connections.known(request.socket);
    response.once('close', () => {
      gone();
      connections.done(request.socket);
    });
    answerApi(request, response, { service: Promise.resolve(service), log, maxBody });
  }

  server.on('request', (request, response) => {
    setSecurityHeaders(response);
    void answer(request, response).catch((error: unknown) => fail(error, request, (problem) => sendProblem(response, problem, request.url ?? '')));
  });
  server.on('upgrade', (request, socket, head) => {
    // A caller that breaks off; `close` follows.
    socket.on('error', () => undefined);
    try {
      gate.checkAddress(request);
      gate.checkSite(request);
      const caller = gate.checkKey(request);
      if (request.url !== channelPath) throw new HttpProblem('not-found', `WebSockets are at ${channelPath}.`);
      channels.accept(request, socket, head);
      // The page comes back at once, and is told that it needs a key.
      socket.once('close', callers.add(caller, () => socket.destroy()));
      // The server's only sockets are those of the network.
      connections.known(socket as Socket);
    } catch (error) {
      socket.once('finish', () => socket.destroy());
      fail(error, request, (problem) => socket.end(`HTTP/1.1 ${problemStatus[problem.code]} ${problem.code}\r\nconnection: close\r\ncontent-type: text/plain; charset=utf-8\r\n\r\n${problem.message}\n`));
    }
  });

  function fail(error: unknown, { method = '', url = '' }: IncomingMessage, send: (problem: HttpProblem) => void): void {
    const problem = toHttpProblem(error);
    if (problem.code === 'internal') log(`dashboard: ${method} ${url.split('?')[0] ?? ''}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    // What went wrong inside is for the log, not for whoever can reach the door.
    send(problem.code === 'internal' ? new HttpProblem('internal', 'TSPM could not answer this; its daemon.log says why.') : problem);
  }

  return {
    host,
    port,
    disconnect: (session) => (session === 'all' ? callers.endAll() : callers.endSession(session)),
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      channels.close();
      server.closeIdleConnections();
      const force = setTimeout(() => {
        channels.terminate();
        server.closeAllConnections();
      }, closeMs);
      await closed;
      clearTimeout(force);
    },
  };
}

/** For whoever only wants to know whether it lives: nothing else without a key. */
function sayAlive(request: IncomingMessage, response: ServerResponse): void {
  if (request.method !== 'GET' && request.method !== 'HEAD') throw new HttpProblem('method-not-allowed', 'Health is only read.', { headers: { allow: 'GET, HEAD' } });
  const body = '{"status":"ok"}\n';
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(request.method === 'HEAD' ? undefined : body);
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, exclusive: true }, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
