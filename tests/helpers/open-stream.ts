// A stream over HTTP that a test reads piece by piece, and that ends with the test.
import { once } from 'node:events';
import { request, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { onTestFinished } from 'vitest';
import type { Place } from './ask.ts';

export interface OpenStream {
  readonly response: IncomingMessage;
  /** All that has come so far. */
  readonly text: () => string;
  readonly ended: () => boolean;
  close(): void;
}

export async function openStream(place: Place, path: string, headers: OutgoingHttpHeaders = {}): Promise<OpenStream> {
  const where = 'port' in place ? { host: '127.0.0.1', port: place.port } : { socketPath: place.socketPath, host: 'tspm' };
  const asking = request({ ...where, path, headers, agent: false });
  asking.on('error', () => undefined);
  asking.end();
  onTestFinished(() => void asking.destroy());
  const [response] = (await once(asking, 'response')) as [IncomingMessage];
  let text = '';
  let ended = false;
  response.setEncoding('utf8').on('data', (part: string) => (text += part));
  response.on('end', () => (ended = true));
  response.on('error', () => undefined);
  return { response, text: () => text, ended: () => ended, close: () => void asking.destroy() };
}

/** Lines of JSON, the unfinished last one left out. */
export function parseLines(text: string): readonly { readonly event: string; readonly id?: string; readonly data?: unknown }[] {
  return text.split('\n').slice(0, -1).filter((line) => line !== '').map((line) => JSON.parse(line) as { event: string });
}

/** Server-sent events as the HTML standard reads them; comments and `retry` left out. */
export function parseEvents(text: string): readonly { readonly event: string; readonly id?: string; readonly data?: unknown }[] {
  const blocks = text.split('\n\n').slice(0, -1);
  return blocks.flatMap((block) => {
    const fields = new Map(block.split('\n').filter((line) => !line.startsWith(':')).map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trimStart()]));
    const [event, id, data] = [fields.get('event'), fields.get('id'), fields.get('data')];
    return event === undefined ? [] : [{ event, ...(id === undefined ? {} : { id }), data: JSON.parse(data ?? 'null') as unknown }];
  });
}
