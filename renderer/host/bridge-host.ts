// The host of a page in the desktop's window: the preload carries calls and subscriptions to the main process.
import type { Transport } from '../../shared/client/client.ts';
import { createDesktopClient } from '../../shared/client/desktop-client.ts';
import type { BridgeStep, TspmBridge } from '../../shared/contract/bridge.ts';
import { Failure, type FailureValue } from '../../shared/model/failure.ts';
import { createConnectionLoop } from './connection-loop.ts';
import { followDesktop } from './follow-desktop.ts';
import type { Host } from './host.ts';
import { pageStorage, storedPreferences } from './preferences.ts';
import { onWake } from './wake.ts';

declare global {
  interface Window {
    readonly tspm?: TspmBridge;
  }
}

export function createBridgeHost(bridge: TspmBridge): Host {
  const transport = bridgeTransport(bridge);
  const loop = createConnectionLoop({
    connect: async () => ({
      transport,
      capabilities: await bridge.capabilities(),
      // The main process outlives its windows.
      closed: new Promise<string>(() => undefined),
      close: () => undefined,
    }),
    now: Date.now,
    random: Math.random,
    after: (ms, callback) => {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    },
  });
  onWake(loop.retry);
  return {
    ...loop,
    preferences: followDesktop({
      desktop: createDesktopClient(transport),
      capable: async () => (await bridge.capabilities()).topics.includes('desktop'),
      stored: storedPreferences(pageStorage(), window),
      goTo: (path) => (window.location.hash = path),
      failed: reportError,
    }),
    unlock: () => Promise.reject(new Failure('unknown-command', 'this window has no door')),
    logOut: null,
  };
}

function bridgeTransport(bridge: TspmBridge): Transport {
  return {
    async call(name, input, { onProgress }) {
      const answer = await bridge.call(name, input, onProgress);
      if ('error' in answer) throw failureOf(answer.error);
      return answer.result;
    },
    subscribe(topic, input, { after, signal, next }) {
      let abort = (): void => undefined;
      const ended = new Promise<void>((resolve, reject) => {
        if (signal.aborted) {
          resolve();
          return;
        }
        const take = async (step: BridgeStep): Promise<void> => {
          if (signal.aborted) return;
          if ('message' in step) await next(step.message);
          else if (step.end === null) resolve();
          else reject(failureOf(step.end));
        };
        const unsubscribe = bridge.subscribe(topic, input, after, (step) =>
          take(step).catch((error: unknown) => {
            // The listener's own error must not be lost on the other side of the bridge.
            unsubscribe();
            reject(error);
          }),
        );
        abort = () => {
          unsubscribe();
          resolve();
        };
        signal.addEventListener('abort', abort);
      });
      return ended.finally(() => signal.removeEventListener('abort', abort));
    },
  };
}

function failureOf({ code, message, data }: FailureValue): Failure {
  return new Failure(code, message, data);
}
