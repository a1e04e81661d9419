// An answer that goes on: server-sent events, or the same as lines of JSON. A caller that reads slowly is waited for, and one that
// does not read at all is let go: it can come back and go on behind the last `id` it has seen.
import type { ServerResponse } from 'node:http';
import type { FailureValue } from '../../../shared/model/failure.ts';
import { toFailureValue } from '../../../shared/model/failure.ts';
import type { StreamMessage } from '../../../shared/contract/topics.ts';
import { drained } from './drained.ts';
import { eventsType, linesType } from './route.ts';

const aliveMs = 15_000;
const firstMs = 100;
/** How long a caller that does not read keeps an answer that is complete. */
const lingerMs = 10_000;
const retryMs = 1000;

type StreamType = typeof eventsType | typeof linesType;

/** One event, as lines of JSON have it. */
export type StreamLine =
  | { readonly event: string; readonly id: string; readonly data: unknown }
  | { readonly event: 'alive' }
  | { readonly event: 'end' }
  /** Not called error: browsers call a broken connection that. */
  | { readonly event: 'failure'; readonly data: FailureValue };

const encoders: Readonly<Record<StreamType, (line: StreamLine) => string>> = {
  [linesType]: (line) => `${JSON.stringify(line)}\n`,
  [eventsType](line) {
    if (line.event === 'alive') return ': alive\n\n';
    // Positions are words without line ends; JSON has none either.
    return `${'id' in line ? `id: ${line.id}\n` : ''}event: ${line.event}\ndata: ${JSON.stringify('data' in line ? line.data : null)}\n\n`;
  },
};

/** Throws what the stream throws at once, such as that there is no such process; later failures are told in the stream. */
export async function sendStream(response: ServerResponse, type: StreamType, messages: AsyncIterable<StreamMessage<unknown, unknown>>, nameOf: (change: unknown) => string): Promise<void> {
  const encode = encoders[type];
  const iterator = messages[Symbol.asyncIterator]();
  let coming = iterator.next();
  // A stream that goes on where it was may have nothing to say for long; the caller shall know that it is open.
  await Promise.race([coming, new Promise((resolve) => setTimeout(resolve, firstMs))]);
  if (response.destroyed) return void iterator.return?.();
  response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
  if (type === eventsType) response.write(`retry: ${retryMs}\n\n`);
  else response.flushHeaders();
  const alive = setInterval(() => {
    if (!response.writableNeedDrain && !response.destroyed) response.write(encode({ event: 'alive' }));
  }, aliveMs);
  try {
    for (let next = await coming; next.done !== true; next = await coming) {
      const { value } = next;
      const line = 'snapshot' in value ? { event: 'snapshot', id: value.position, data: value.snapshot } : { event: nameOf(value.change), id: value.position, data: value.change };
      if (!response.write(encode(line))) await drained(response);
      if (response.destroyed) return;
      coming = iterator.next();
    }
    response.end(encode({ event: 'end' }));
  } catch (error) {
    response.end(encode({ event: 'failure', data: toFailureValue(error) }));
  } finally {
    clearInterval(alive);
    await iterator.return?.();
    setTimeout(() => response.destroy(), lingerMs).unref();
  }
}
