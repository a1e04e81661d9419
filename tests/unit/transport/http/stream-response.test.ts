// Streams over a real connection, with the time of their timers handed in.
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { sendStream } from '../../../../electron/transport/http/stream-response.ts';
import type { StreamMessage } from '../../../../shared/contract/topics.ts';
import { openStream, parseEvents } from '../../../helpers/open-stream.ts';
import { waitFor } from '../../../helpers/wait-for.ts';

type Messages = AsyncGenerator<StreamMessage<unknown, unknown>>;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'], shouldAdvanceTime: true });
  onTestFinished(() => void vi.useRealTimers());
});

async function served(messages: () => Messages, type: 'text/event-stream' | 'application/x-ndjson' = 'text/event-stream') {
  const responses: ServerResponse[] = [];
  const server = createServer((_request, response) => {
    responses.push(response);
    void sendStream(response, type, messages(), () => 'change').catch(() => response.writeHead(500).end());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const stream = await openStream({ port: (server.address() as AddressInfo).port }, '/');
  return { stream, response: responses[0] };
}

const silence = (): Promise<never> => new Promise(() => undefined);

it('says every 15 s that it lives', async () => {
  const { stream } = await served(async function* quiet(): Messages {
    yield { position: 'a-1', snapshot: {} };
    await silence();
  });
  await waitFor(() => parseEvents(stream.text()).length === 1, { what: 'the snapshot' });
  expect(stream.text()).not.toContain(': alive');
  vi.advanceTimersByTime(15_000);
  await waitFor(() => stream.text().includes(': alive\n\n'), { what: 'a sign of life' });
  expect(parseEvents(stream.text())).toEqual([{ event: 'snapshot', id: 'a-1', data: {} }]);
});

it('answers although there is nothing to say', async () => {
  const { stream } = await served(async function* quiet(): Messages {
    yield await silence();
  });
  expect(stream.response.statusCode).toBe(200);
});

it('refuses with a status what fails at once, and tells later failures in the stream', async () => {
  const refused = await served(async function* broken(): Messages {
    yield await Promise.reject(new Error('no such process'));
  });
  expect(refused.stream.response.statusCode).toBe(500);
  const { stream } = await served(async function* breaking(): Messages {
    yield { position: 'a-1', snapshot: {} };
    throw new Error('the file is gone');
  });
  await waitFor(() => stream.ended(), { what: 'the end' });
  expect(parseEvents(stream.text())).toMatchObject([{ event: 'snapshot' }, { event: 'failure', data: { code: 'internal', message: 'the file is gone' } }]);
});

it('lets a reader go that has not read for a minute, and the stream ends with it', async () => {
  let [made, ended] = [0, false];
  const { stream, response } = await served(async function* endless(): Messages {
    try {
      for (;;) {
        made += 1;
        yield { position: `a-${made}`, snapshot: 'x'.repeat(1 << 20) };
      }
    } finally {
      ended = true;
    }
  });
  stream.response.pause();
  let before = -1;
  await waitFor(
    async () => {
      const still = made === before && response?.writableNeedDrain === true;
      before = made;
      await new Promise((resolve) => setImmediate(resolve));
      return still;
    },
    { what: 'the buffers to be full' },
  );
  expect(response?.destroyed).toBe(false);
  vi.advanceTimersByTime(60_000);
  await waitFor(() => response?.destroyed === true && ended, { what: 'the reader to be dropped' });
  expect(made).toBeLessThan(64);
});
