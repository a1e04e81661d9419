// The service of the moment, and an engine of another host behind it.
import { describe, expect, it } from 'vitest';
import { createRemoteService } from '../../../electron/main/remote-service.ts';
import { createSwitchingService } from '../../../electron/main/switching-service.ts';
import type { Service } from '../../../electron/transport/service.ts';
import type { Transport } from '../../../shared/client/client.ts';
import { Failure } from '../../../shared/model/failure.ts';
import { waitFor } from '../../helpers/wait-for.ts';

const capabilities = { contract: 1, version: '1', commands: ['list'], topics: ['events'] };
const context = () => ({ progress: () => undefined, signal: new AbortController().signal });

/** An engine that counts, until it is told to end. */
function counting(name: string): { readonly service: Service; readonly open: () => number } {
  let open = 0;
  const service: Service = {
    capabilities,
    call: () => Promise.resolve(name),
    async *open(_topic, _input, { signal }) {
      open += 1;
      try {
        for (let index = 0; !signal.aborted; index++) {
          yield { position: `${index}`, snapshot: `${name} ${index}` };
          if (index === 1) await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
        }
      } finally {
        open -= 1;
      }
    },
  };
  return { service, open: () => open };
}

describe('the service of the moment', () => {
  it('fails with the reason while there is no engine, and answers when there is one', async () => {
    const service = createSwitchingService(new Failure('engine-unreachable', 'the engine is starting'));
    await expect(service.call('list', {}, context())).rejects.toThrow('the engine is starting');
    expect(() => service.open('events', {}, { after: null, signal: context().signal })).toThrow('the engine is starting');
    service.use(counting('first').service);
    expect(await service.call('list', {}, context())).toBe('first');
    service.fail(new Failure('engine-unreachable', 'it was ended'));
    await expect(service.call('list', {}, context())).rejects.toThrow('it was ended');
    expect(service.capabilities.commands).toContain('list');
  });

  it('ends its streams when another engine takes over', async () => {
    const [first, second] = [counting('first'), counting('second')];
    const service = createSwitchingService(new Failure('engine-unreachable', 'starting'));
    service.use(first.service);
    const seen: unknown[] = [];
    const reading = (async () => {
      for await (const message of service.open('events', {}, { after: null, signal: context().signal })) seen.push('snapshot' in message && message.snapshot);
    })();
    await waitFor(() => seen.length === 2);
    service.use(second.service);
    await reading;
    expect(seen).toEqual(['first 0', 'first 1']);
    expect(first.open()).toBe(0);
    expect(await service.call('list', {}, context())).toBe('second');
  });
});

describe('an engine of another host', () => {
  const transport = (subscribe: Transport['subscribe']): Transport => ({ call: (name, input) => Promise.resolve({ name, input }), subscribe });

  it('is asked on, one message at a time', async () => {
    let sent = 0;
    let ended = false;
    const service = createRemoteService(
      transport(async (_topic, _input, { next, signal }) => {
        while (!signal.aborted) {
          sent += 1;
          await next({ position: `${sent}`, snapshot: sent });
        }
        ended = true;
      }),
      capabilities,
    );
    expect(await service.call('list', { a: 1 }, context())).toEqual({ name: 'list', input: { a: 1 } });
    const seen: unknown[] = [];
    for await (const message of service.open('events', {}, { after: null, signal: context().signal })) {
      seen.push('snapshot' in message && message.snapshot);
      expect(sent).toBe(seen.length);
      if (seen.length === 5) break;
    }
    expect(seen).toEqual([1, 2, 3, 4, 5]);
    await waitFor(() => ended, { what: 'the other side to hear of the end' });
  });

  it('passes on how a stream ends', async () => {
    const all = async (subscribe: Transport['subscribe']): Promise<unknown[]> => {
      const seen: unknown[] = [];
      for await (const message of createRemoteService(transport(subscribe), capabilities).open('events', {}, { after: null, signal: context().signal })) seen.push(message);
      return seen;
    };
    expect(await all(async (_topic, _input, { next }) => void (await next({ position: '1', snapshot: 1 })))).toHaveLength(1);
    await expect(all(() => Promise.reject(new Failure('too-slow', 'too slow')))).rejects.toMatchObject({ code: 'too-slow' });
  });

  it('ends when the reader goes while it waits', async () => {
    const leaving = new AbortController();
    let heard = false;
    const service = createRemoteService(
      transport(
        (_topic, _input, { signal }) =>
          new Promise((resolve) =>
            signal.addEventListener('abort', () => {
              heard = true;
              resolve();
            }),
          ),
      ),
      capabilities,
    );
    const reading = (async () => {
      for await (const _message of service.open('events', {}, { after: null, signal: leaving.signal })) throw new Error('nothing was sent');
    })();
    leaving.abort();
    await reading;
    expect(heard).toBe(true);
  });
});
