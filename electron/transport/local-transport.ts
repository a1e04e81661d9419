// The contract within one process: for the tray, and for whoever hosts the engine.
import type { Transport } from '../../shared/client/client.ts';
import type { Service } from './service.ts';

const never = new AbortController().signal;

export function createLocalTransport(service: Service): Transport {
  return {
    async call(name, input, { onProgress, signal = never }) {
      signal.throwIfAborted();
      try {
        return await service.call(name, input, { progress: onProgress ?? (() => undefined), signal });
      } catch (error) {
        // The caller hears its own reason, as over any other transport.
        signal.throwIfAborted();
        throw error;
      }
    },
    async subscribe(topic, input, { after, signal, next }) {
      for await (const message of service.open(topic, input, { after, signal })) {
        if (signal.aborted) return;
        await next(message);
      }
    },
  };
}
