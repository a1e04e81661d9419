// The contract for the page of a window, over messages to the main process. What cannot be carried is an error value like any other.
import { createChannelTransport } from '../../shared/client/channel-transport.ts';
import type { TspmBridge } from '../../shared/contract/bridge.ts';
import type { Capabilities } from '../../shared/contract/capabilities.ts';
import type { ServerFrame } from '../../shared/contract/frames.ts';
import { errorMessage, Failure, toFailureValue, type FailureValue } from '../../shared/model/failure.ts';
import { withResolvers } from '../../shared/model/with-resolvers.ts';
import { closedChannel, frameChannel, openChannel } from '../transport/ipc/channels.ts';

/** The part of Electron's ipcRenderer that is used. */
export interface RendererMessages {
  send(channel: string, ...values: readonly unknown[]): void;
  on(channel: string, listener: (event: unknown, ...values: readonly unknown[]) => void): unknown;
}

export function createBridge(messages: RendererMessages): TspmBridge {
  const welcome = withResolvers<Capabilities>();
  const transport = createChannelTransport({
    welcomed: welcome.resolve,
    send(frame) {
      try {
        messages.send(frameChannel, frame);
      } catch (error) {
        transport.receive({ type: 'end', id: frame.id, error: { code: 'invalid-input', message: `only plain data can be sent to the engine: ${errorMessage(error)}` } });
      }
    },
  });
  // Both come from our own main process; a page cannot send on these channels.
  messages.on(frameChannel, (_event, frame) => transport.receive(frame as ServerFrame));
  messages.on(closedChannel, (_event, value) => {
    const { code, message, data } = value as FailureValue;
    transport.close(new Failure(code, message, data));
  });
  messages.send(openChannel);

  return {
    capabilities: () => welcome.promise,
    call: (name, input, onProgress) =>
      transport.call(name, input, onProgress === undefined ? {} : { onProgress }).then(
        (result) => ({ result }),
        (error: unknown) => ({ error: toFailureValue(error) }),
      ),
    subscribe(topic, input, after, listener) {
      const ending = new AbortController();
      const { signal } = ending;
      transport.subscribe(topic, input, { after, signal, next: (message) => listener({ message }) }).then(
        () => (signal.aborted ? undefined : listener({ end: null })),
        (error: unknown) => (signal.aborted ? undefined : listener({ end: toFailureValue(error) })),
      );
      return () => ending.abort();
    },
  };
}
