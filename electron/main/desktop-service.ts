// Serves what the desktop application has beside the engine: its settings, and the topic that tells a page where to go.
import { desktopInputs, desktopTopicInputs, type DesktopSettings, type DesktopState, type PageRequest, type SettingsChange } from '../../shared/contract/desktop.ts';
import type { StreamContext, StreamMessage } from '../../shared/contract/topics.ts';
import { createService, type Service } from '../transport/service.ts';

export interface DesktopService {
  readonly service: Service;
  /** Sends the page there: the one that listens, or the next one that comes. */
  open(request: PageRequest): void;
}

export interface DesktopServiceOptions {
  readonly settings: () => DesktopSettings;
  /** Makes the change and everything that follows from it. */
  readonly change: (change: SettingsChange) => Promise<void>;
}

interface Listener {
  open: PageRequest | null;
  stale: boolean;
  wake: () => void;
}

export function createDesktopService({ settings, change }: DesktopServiceOptions): DesktopService {
  const listeners = new Set<Listener>();
  let waiting: PageRequest | null = null;

  function tell(request: PageRequest | null): void {
    for (const listener of listeners) {
      listener.open = request ?? listener.open;
      listener.stale = true;
      listener.wake();
    }
  }

  /** Only the newest state counts, so a listener that is slow costs nothing. */
  async function* listen({ signal }: StreamContext): AsyncGenerator<StreamMessage<DesktopState, DesktopState>> {
    const listener: Listener = { open: waiting, stale: false, wake: () => undefined };
    const wake = (): void => listener.wake();
    const take = (): DesktopState => {
      const state = { settings: settings(), open: listener.open };
      listener.open = null;
      listener.stale = false;
      return state;
    };
    waiting = null;
    listeners.add(listener);
    signal.addEventListener('abort', wake, { once: true });
    let told = 0;
    try {
      yield { position: '0', snapshot: take() };
      while (!signal.aborted) {
        if (!listener.stale) {
          await new Promise<void>((resolve) => (listener.wake = resolve));
          continue;
        }
        told += 1;
        yield { position: `${told}`, previous: `${told - 1}`, change: take() };
      }
    } finally {
      listeners.delete(listener);
      signal.removeEventListener('abort', wake);
    }
  }

  return {
    service: createService({
      inputs: desktopInputs,
      handlers: {
        settings: () => Promise.resolve(settings()),
        async changeSettings(wanted) {
          await change(wanted);
          tell(null);
          return settings();
        },
      },
      topicInputs: desktopTopicInputs,
      topics: { desktop: (_input, context) => listen(context) },
    }),
    open(request) {
      if (listeners.size === 0) waiting = request;
      else tell(request);
    },
  };
}
