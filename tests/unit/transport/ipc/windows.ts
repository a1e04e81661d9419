// Windows without Electron: messages are copied by structured clone, in order, and say who sent them.
import type { RendererMessages } from '../../../../electron/preload/bridge.ts';
import type { MainMessages, Page, PageMessage } from '../../../../electron/transport/ipc/serve-windows.ts';

type Listener = (event: unknown, ...values: readonly unknown[]) => void;

export interface FakeWindow extends Page {
  /** ipcRenderer of the document of the moment; a reload makes a new one. */
  load(): RendererMessages;
  /** Sends as a frame of the page would. */
  sendAs(frame: PageMessage['senderFrame'], channel: string, value?: unknown): void;
  destroy(): void;
}

export function fakeWindows() {
  const handlers = new Map<string, (event: PageMessage, value: unknown) => void>();
  const messages: MainMessages = { on: (channel, listener) => handlers.set(channel, listener) };
  let lastId = 0;

  function window(url = 'app://tspm/index.html'): FakeWindow {
    const id = ++lastId;
    let listeners = new Map<string, Listener>();
    let destroyed = false;
    const onDestroyed: (() => void)[] = [];
    const page: FakeWindow = {
      id,
      isDestroyed: () => destroyed,
      send(channel, ...values) {
        if (destroyed) throw new TypeError('Object has been destroyed');
        const [target, copy] = [listeners, structuredClone(values)];
        queueMicrotask(() => target.get(channel)?.({}, ...copy));
      },
      once: (_event, listener) => onDestroyed.push(listener),
      load() {
        const own = new Map<string, Listener>();
        listeners = own;
        return {
          send: (channel, ...values) => page.sendAs({ url, parent: null }, channel, structuredClone(values)[0]),
          on: (channel, listener) => own.set(channel, listener),
        };
      },
      sendAs: (senderFrame, channel, value) => handlers.get(channel)?.({ sender: page, senderFrame }, value),
      destroy() {
        destroyed = true;
        onDestroyed.forEach((listener) => listener());
      },
    };
    return page;
  }
  return { messages, window };
}
