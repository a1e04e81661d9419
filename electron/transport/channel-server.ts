// Serves the contract over one channel of messages: a WebSocket, or the IPC of a window. Every call and stream is bounded, and a
// caller that does not take its messages gets no more of them.
import { maxOpen, streamWindow, type ClientFrame, type ServerFrame } from '../../shared/contract/frames.ts';
import { assertNever } from '../../shared/model/assert-never.ts';
import { Failure, toFailureValue } from '../../shared/model/failure.ts';
import { parseClientFrame } from './client-frame.ts';
import type { Service } from './service.ts';
import { throttleProgress } from './throttle-progress.ts';

export interface ChannelServer {
  /** Something came from the other side. False when it cannot be understood: the channel is to be closed. */
  receive(frame: unknown): boolean;
  /** The other side has gone: streams end, calls are no longer waited for. */
  close(): void;
}

interface Open {
  readonly abort: AbortController;
  /** Messages that the caller has not taken yet. */
  underWay: number;
  grant: () => void;
}

/** `send` must not throw. `log` is told of defects of ours. */
export function serveChannel(service: Service, send: (frame: ServerFrame) => void, log: (message: string) => void): ChannelServer {
  const open = new Map<number, Open>();

  async function run(id: number, work: (one: Open) => Promise<void>): Promise<void> {
    const one: Open = { abort: new AbortController(), underWay: 0, grant: () => undefined };
    if (open.has(id)) return send({ type: 'end', id, error: new Failure('invalid-input', `the number ${id} is in use.`).value });
    if (open.size >= maxOpen) return send({ type: 'end', id, error: new Failure('invalid-input', `more than ${maxOpen} calls and streams at a time: end some first.`).value });
    open.set(id, one);
    try {
      await work(one);
    } catch (error) {
      const failure = toFailureValue(error);
      if (failure.code === 'internal') log(error instanceof Error ? (error.stack ?? error.message) : String(error));
      if (!one.abort.signal.aborted) send({ type: 'end', id, error: failure });
    } finally {
      open.delete(id);
      one.abort.abort();
    }
  }

  function call(frame: Extract<ClientFrame, { type: 'call' }>): void {
    const { id, name, input } = frame;
    void run(id, async ({ abort: { signal } }) => {
      const progress = throttleProgress(signal, (latest) => send({ type: 'progress', id, progress: latest }));
      const result = await service.call(name, input, { progress, signal });
      if (!signal.aborted) send({ type: 'result', id, result });
    });
  }

  function subscribe({ id, topic, input, after }: Extract<ClientFrame, { type: 'subscribe' }>): void {
    void run(id, async (one) => {
      const { signal } = one.abort;
      for await (const message of service.open(topic, input, { after, signal })) {
        if (signal.aborted) return;
        send({ type: 'message', id, message });
        one.underWay += 1;
        while (one.underWay >= streamWindow && !signal.aborted) await new Promise<void>((resolve) => (one.grant = resolve));
      }
      if (!signal.aborted) send({ type: 'end', id, error: null });
    });
  }

  function cancel(one: Open): void {
    one.abort.abort();
    one.grant();
  }

  send({ type: 'welcome', capabilities: service.capabilities });
  return {
    receive(value) {
      const frame = parseClientFrame(value);
      if (frame === null) return false;
      const one = open.get(frame.id);
      switch (frame.type) {
        case 'call':
          call(frame);
          break;
        case 'subscribe':
          subscribe(frame);
          break;
        case 'taken':
          if (one !== undefined) {
            one.underWay = Math.max(0, one.underWay - 1);
            one.grant();
          }
          break;
        case 'cancel':
          if (one !== undefined) cancel(one);
          break;
        default:
          assertNever(frame);
      }
      return true;
    },
    close() {
      for (const one of open.values()) cancel(one);
    },
  };
}
