// ipcRenderer of a preload. Faithful: values by structured clone, rejections carry a message only and name the method,
// listeners get an event first. Not there: sendSync, postMessage with ports, sendToHost; they throw.
import { withoutTheRest } from '../values/without-the-rest.ts';
import type { FromPage, ToPage } from './page-messages.ts';

type Listener = (event: object, ...args: readonly unknown[]) => void;

interface Waiting {
  readonly channel: string;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

export function createIpcRenderer(send: (message: FromPage) => void) {
  const listeners = new Map<string, readonly Listener[]>();
  const waiting = new Map<number, Waiting>();
  /** A listener that was wrapped by `once`, so that it can be removed by its own name. */
  const wrapped = new WeakMap<Listener, Listener>();
  let lastId = 0;

  const removeListener = (channel: string, listener: Listener) => {
    const rest = listeners.get(channel)?.filter((each) => each !== listener && each !== wrapped.get(listener)) ?? [];
    if (rest.length === 0) listeners.delete(channel);
    else listeners.set(channel, rest);
    return ipcRenderer;
  };
  const on = (channel: string, listener: Listener) => {
    listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
    return ipcRenderer;
  };

  const ipcRenderer: object = withoutTheRest('ipcRenderer', instance({
    send: (channel: string, ...args: readonly unknown[]) => send({ type: 'send', channel, args }),
    invoke: (channel: string, ...args: readonly unknown[]) =>
      // Electron rejects, rather than throws, what cannot be cloned here.
      new Promise((resolve, reject) => {
        const id = ++lastId;
        send({ type: 'invoke', id, channel, args });
        waiting.set(id, { channel, resolve, reject });
      }),
    on,
    addListener: on,
    once(channel: string, listener: Listener) {
      const once: Listener = (...args) => {
        removeListener(channel, once);
        listener(...args);
      };
      wrapped.set(listener, once);
      return on(channel, once);
    },
    off: removeListener,
    removeListener,
    removeAllListeners(channel: string) {
      listeners.delete(channel);
      return ipcRenderer;
    },
    listenerCount: (channel: string) => listeners.get(channel)?.length ?? 0,
  }));

  function receive(message: ToPage): void {
    if (message.type === 'message') {
      for (const listener of listeners.get(message.channel) ?? []) listener({ sender: ipcRenderer, ports: [] }, ...message.args);
      return;
    }
    const asked = waiting.get(message.id);
    waiting.delete(message.id);
    if (asked === undefined) return;
    if (message.type === 'result') asked.resolve(message.result);
    else asked.reject(new Error(`Error invoking remote method '${asked.channel}': ${message.error}`));
  }

  return { ipcRenderer, receive };
}

/** Not a plain object, so that the bridge refuses it: a page must never get the whole of it. */
function instance<Methods extends object>(methods: Methods): Methods {
  return Object.assign(Object.create({}) as object, methods);
}
