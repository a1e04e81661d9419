// One HTTP request with exactly the headers a test wants, over TCP or a Unix socket, on a connection of its own.
import { request } from 'node:http';
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';

export interface Asked {
  readonly method?: string;
  readonly path: string;
  readonly headers?: OutgoingHttpHeaders;
  /** Sent as JSON unless it is text. */
  readonly body?: unknown;
}

export interface Heard {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The text parsed; throws when it is no JSON. */
  json(): unknown;
}

export type Place = { readonly socketPath: string } | { readonly port: number };

export function ask(place: Place, { method = 'GET', path, headers = {}, body }: Asked): Promise<Heard> {
  const content = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const type = typeof body === 'object' ? { 'content-type': 'application/json' } : {};
  const where = 'port' in place ? { host: '127.0.0.1', port: place.port } : { socketPath: place.socketPath, host: 'tspm' };
  return new Promise((resolve, reject) => {
    const asking = request({ ...where, method, path, agent: false, headers: { ...type, ...headers } }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.once('error', reject);
      response.once('end', () => {
        const text = Buffer.concat(parts).toString();
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json: () => JSON.parse(text) as unknown });
      });
    });
    asking.once('error', reject);
    asking.end(content);
  });
}
