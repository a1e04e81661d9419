// The engine of another host, served on: for windows and tray when this application does not host the engine itself.
import type { Transport } from '../../shared/client/client.ts';
import type { Capabilities } from '../../shared/contract/capabilities.ts';
import type { StreamContext, StreamMessage } from '../../shared/contract/topics.ts';
import type { Service } from '../transport/service.ts';

type Message = StreamMessage<unknown, unknown>;

export function createRemoteService(transport: Transport, capabilities: Capabilities): Service {
  return {
    capabilities,
    call: (name, input, { progress, signal }) => transport.call(name, input, { onProgress: progress, signal }),
    open: (topic, input, context) => messages(transport, topic, input, context),
  };
}

interface Offer {
  readonly message: Message;
  readonly taken: () => void;
}

/** One message at a time: the next is asked for when the one before has been taken. */
async function* messages(transport: Transport, topic: string, input: unknown, { after, signal }: StreamContext): AsyncGenerator<Message> {
  const leaving = new AbortController();
  const offers: Offer[] = [];
  let end: { readonly error: unknown } | null = null;
  let wake: () => void = () => undefined;
  const finish = (error: unknown): void => {
    end = { error };
    wake();
  };

  transport
    .subscribe(topic, input, {
      after,
      signal: AbortSignal.any([signal, leaving.signal]),
      next: (message) =>
        new Promise((taken) => {
          offers.push({ message, taken });
          wake();
        }),
    })
    .then(() => finish(null), finish);

  try {
    for (;;) {
      const offer = offers[0];
      // Set while this waits, which the compiler cannot see.
      const ended = end as { readonly error: unknown } | null;
      if (offer !== undefined) {
        yield offer.message;
        offers.shift();
        offer.taken();
      } else if (ended !== null) {
        if (ended.error !== null) throw ended.error;
        return;
      } else {
        await new Promise<void>((resolve) => (wake = resolve));
      }
    }
  } finally {
    leaving.abort();
    for (const { taken } of offers) taken();
  }
}
