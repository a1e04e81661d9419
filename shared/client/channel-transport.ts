// The contract over one channel of messages, from the side that asks: a page over its WebSocket or through the preload.
import type { Capabilities } from '../contract/capabilities.ts';
import type { ClientFrame, ServerFrame } from '../contract/frames.ts';
import { assertNever } from '../model/assert-never.ts';
import { Failure, type FailureValue } from '../model/failure.ts';
import type { CallOptions, StreamOptions, Transport } from './client.ts';
import type { StreamMessage } from '../contract/topics.ts';

type Message = StreamMessage<unknown, unknown>;

export interface ChannelTransport extends Transport {
  /** A frame came from the server. */
  receive(frame: ServerFrame): void;
  /** The channel broke: everything under way fails with this, and so does whatever is asked from now on. */
  close(failure: Failure): void;
}

export interface ChannelPorts {
  readonly send: (frame: ClientFrame) => void;
  readonly welcomed: (capabilities: Capabilities) => void;
}

interface Pending {
  readonly settle: (frame: Extract<ServerFrame, { readonly id: number }>) => void;
  readonly fail: (failure: Failure) => void;
}

export function createChannelTransport({ send, welcomed }: ChannelPorts): ChannelTransport {
  const pending = new Map<number, Pending>();
  let lastId = 0;
  let broken: Failure | null = null;

  /** Sends the opening frame and waits until `settle` has had the last word. */
  function begin(signal: AbortSignal | undefined, frame: (id: number) => ClientFrame, listen: (id: number, done: Done) => Pending['settle']): Promise<unknown> {
    if (broken !== null) return Promise.reject(broken);
    if (signal?.aborted === true) return Promise.reject(signal.reason);
    lastId += 1;
    const id = lastId;
    return new Promise((resolve, reject) => {
      const finish = (act: () => void): void => {
        if (!pending.delete(id)) return;
        signal?.removeEventListener('abort', abort);
        act();
      };
      const abort = (): void =>
        finish(() => {
          send({ type: 'cancel', id });
          reject(signal?.reason);
        });
      const done: Done = { resolve: (value) => finish(() => resolve(value)), reject: (error) => finish(() => reject(error)) };
      pending.set(id, { settle: listen(id, done), fail: done.reject });
      signal?.addEventListener('abort', abort, { once: true });
      send(frame(id));
    });
  }

  return {
    call(name, input, { onProgress, signal }: CallOptions) {
      return begin(
        signal,
        (id) => ({ type: 'call', id, name, input }),
        (_id, done) => (frame) => {
          if (frame.type === 'progress') onProgress?.(frame.progress);
          else if (frame.type === 'result') done.resolve(frame.result);
          else if (frame.type === 'end') done.reject(frame.error === null ? new Failure('internal', 'a call ended without a result') : failureOf(frame.error));
        },
      );
    },
    async subscribe(topic, input, { after, signal, next: take }: StreamOptions<Message>) {
      // Messages are handed over one after the other, and the server learns of each that was taken.
      let queue: Promise<unknown> = Promise.resolve();
      const stream = begin(
        signal,
        (id) => ({ type: 'subscribe', id, topic, input, after }),
        (id, done) => (frame) => {
          if (frame.type === 'message') {
            queue = queue.then(async () => {
              if (!pending.has(id)) return;
              await take(frame.message);
              if (pending.has(id)) send({ type: 'taken', id });
            });
            queue.catch((error: unknown) => {
              send({ type: 'cancel', id });
              done.reject(error);
            });
          } else if (frame.type === 'end') {
            const { error } = frame;
            queue.then(
              () => (error === null ? done.resolve(undefined) : done.reject(failureOf(error))),
              // Told already, when the message could not be taken.
              () => undefined,
            );
          }
        },
      );
      await stream.catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
    },
    receive(frame) {
      switch (frame.type) {
        case 'welcome':
          welcomed(frame.capabilities);
          return;
        case 'progress':
        case 'result':
        case 'message':
        case 'end':
          pending.get(frame.id)?.settle(frame);
          return;
        default:
          assertNever(frame);
      }
    },
    close(failure) {
      broken ??= failure;
      for (const one of pending.values()) one.fail(failure);
    },
  };
}

interface Done {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

function failureOf({ code, message, data }: FailureValue): Failure {
  return new Failure(code, message, data);
}
