// A mirror of Electron's downloads on loopback that behaves as a test wants, and a proxy in front of it.
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Mirror {
  /** For ELECTRON_MIRROR, and for HTTPS_PROXY. */
  readonly url: string;
  /** What was asked for, in order. */
  readonly asked: readonly string[];
}

export async function mirror(answer: (response: ServerResponse) => void): Promise<Mirror> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    answer(response);
  });
  return { url: `${await listen(server)}/`, asked };
}

/** Tunnels to wherever it is asked to. */
export async function proxy(): Promise<Mirror> {
  const asked: string[] = [];
  const server = createServer((_request, response) => response.writeHead(500).end());
  server.on('connect', (request, socket: Socket) => {
    const [host = '', port] = (request.url ?? '').split(':');
    asked.push(request.url ?? '');
    const target = connect(Number(port), host, () => socket.write('HTTP/1.1 200 Connection established\r\n\r\n'));
    target.pipe(socket).pipe(target);
    for (const end of [target, socket]) end.on('error', () => [target, socket].forEach((one) => one.destroy()));
  });
  return { url: await listen(server), asked };
}

async function listen(server: ReturnType<typeof createServer>): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
