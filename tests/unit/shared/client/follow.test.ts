import { expect, it } from 'vitest';
import { createClient, type Transport } from '../../../../shared/client/client.ts';
import { follow } from '../../../../shared/client/follow.ts';
import type { StreamMessage } from '../../../../shared/contract/topics.ts';
import { Failure } from '../../../../shared/model/failure.ts';
import { manualClock } from '../../../helpers/manual-clock.ts';
import { waitFor } from '../../../helpers/wait-for.ts';

type Message = StreamMessage<unknown, unknown>;

/** Each stream says what its script has and then ends; the last one stays open. */
function scripted(streams: readonly (readonly (Message | Failure)[])[]) {
  const asked: (string | null)[] = [];
  const transport: Transport = {
    call: () => Promise.reject(new Error('nothing is called here')),
    async subscribe(_topic, _input, { after, signal, next }) {
      const script = streams[asked.length];
      asked.push(after);
      for (const step of script ?? []) {
        if (step instanceof Failure) throw step;
        await next(step);
      }
      if (asked.length >= streams.length) await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    },
  };
  return { client: createClient(transport), asked };
}

function run(streams: Parameters<typeof scripted>[0]) {
  const { client, asked } = scripted(streams);
  const clock = manualClock();
  const abort = new AbortController();
  const heard: string[] = [];
  const losses: [string, number][] = [];
  const ended = follow(client, 'events', {}, {
    clock,
    signal: abort.signal,
    next: (message) => void heard.push(message.position),
    lost: ({ code }, retryMs) => void losses.push([code, retryMs]),
  });
  return { asked, clock, heard, losses, abort, ended };
}

const snapshot = (position: string): Message => ({ position, snapshot: {} });
const change = (previous: string, position: string): Message => ({ previous, position, change: {} });
const lost = new Failure('engine-unreachable', 'gone');

it('goes on behind the last position after a break', async () => {
  const { asked, clock, heard, losses, abort, ended } = run([[snapshot('a-1'), change('a-1', 'a-2'), lost], [change('a-2', 'a-3')]]);
  await waitFor(() => losses.length === 1);
  clock.advance(losses[0]?.[1] ?? 0);
  await waitFor(() => heard.length === 3);
  expect([asked, heard]).toEqual([[null, 'a-2'], ['a-1', 'a-2', 'a-3']]);
  abort.abort();
  await ended;
});

it('pauses longer with every try in vain, and begins small again after a message', async () => {
  const { clock, losses, abort, ended } = run([[lost], [lost], [lost], [snapshot('a-1'), lost], []]);
  for (let tries = 1; tries <= 4; tries++) {
    await waitFor(() => losses.length === tries);
    clock.advance(losses.at(-1)?.[1] ?? 0);
  }
  expect(losses.map(([, retryMs]) => retryMs)).toEqual([100, 200, 400, 100]);
  abort.abort();
  await ended;
});

it('begins anew after a gap and when it was too slow', async () => {
  const { asked, clock, heard, losses, abort, ended } = run([[snapshot('a-1'), change('a-7', 'a-8')], [snapshot('a-9'), new Failure('too-slow', 'late')], [snapshot('a-20')]]);
  await waitFor(() => losses.length === 1);
  clock.advance(100);
  await waitFor(() => losses.length === 2);
  clock.advance(100);
  await waitFor(() => heard.length === 3);
  expect([asked, heard]).toEqual([[null, null, null], ['a-1', 'a-9', 'a-20']]);
  abort.abort();
  await ended;
});

it('gives up where no new try helps', async () => {
  const { ended, losses } = run([[new Failure('unknown-command', 'no such topic')]]);
  await expect(ended).rejects.toThrow('no such topic');
  expect(losses).toEqual([]);
});
