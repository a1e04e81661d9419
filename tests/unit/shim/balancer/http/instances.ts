// Instances for the balancer to talk to: one that says exactly what a test wants, and Node's own server.
import { once } from 'node:events';
import { createServer as createHttpServer, type RequestListener, type Server as HttpServer } from 'node:http';
import { createServer, type AddressInfo, type Socket } from 'node:net';

export interface RawInstance {
  readonly port: number;
  /** What came, per connection, in latin1. */
  readonly received: string[];
  readonly sockets: Socket[];
  /** Stops listening and resets what is open. */
  kill(): void;
}

/** `onText` is called with all that came on a connection so far, each time more came. */
export async function rawInstance(onText: (socket: Socket, text: string, connection: number) => void): Promise<RawInstance> {
  const received: string[] = [];
  const sockets: Socket[] = [];
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    const index = received.push('') - 1;
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      const text = (received[index] ?? '') + bytes.toString('latin1');
      received[index] = text;
      onText(socket, text, index);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    received,
    sockets,
    kill() {
      server.close();
      for (const socket of sockets) socket.resetAndDestroy();
    },
  };
}

/** Answers each whole head with the same bytes. */
export function answering(response: string): Promise<RawInstance> {
  return rawInstance((socket, text) => {
    if (text.endsWith('\r\n\r\n')) socket.write(response, 'latin1');
  });
}

export interface NodeInstance {
  readonly port: number;
  readonly server: HttpServer;
  kill(): void;
}

export async function nodeInstance(listener: RequestListener): Promise<NodeInstance> {
  const server = createHttpServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    server,
    kill() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** A port at which nobody listens. */
export async function deadPort(): Promise<number> {
  const instance = await rawInstance(() => undefined);
  instance.kill();
  return instance.port;
}
