// Keeps a page connected: tries, waits, tries again, and says at every moment which of these it is. How to connect is handed in,
// and so are clock, randomness and whatever may cut a pause short.
import { createClient, type Transport } from '../../shared/client/client.ts';
import type { Capabilities } from '../../shared/contract/capabilities.ts';
import { contractVersion } from '../../shared/contract/version.ts';
import { Failure, toFailureValue } from '../../shared/model/failure.ts';
import { backoffMs } from './backoff.ts';
import type { Connection, Host } from './host.ts';
import { createValue } from './readable.ts';

export interface Link {
  readonly transport: Transport;
  readonly capabilities: Capabilities;
  /** Resolves with the reason when the link has ended. */
  readonly closed: Promise<string>;
  readonly close: () => void;
}

export interface LoopParts {
  /** Throws a Failure: `forbidden` when a key is needed, anything else when it is worth another try. */
  readonly connect: () => Promise<Link>;
  readonly now: () => number;
  readonly random: () => number;
  /** Calls back once after so many ms; the result calls it off. */
  readonly after: (ms: number, callback: () => void) => () => void;
}

export function createConnectionLoop(parts: LoopParts): Pick<Host, 'client' | 'connection' | 'retry'> {
  const connection = createValue<Connection>({ state: 'connecting' });
  let link: Link | null = null;
  let attempts = 0;
  let lostSince: number | null = null;
  let trying = false;
  let callOff: (() => void) | null = null;

  const wait = (reason: string): void => {
    const pause = backoffMs(attempts, parts.random());
    attempts += 1;
    lostSince ??= parts.now();
    connection.set({ state: 'lost', since: lostSince, retryAt: parts.now() + pause, reason });
    callOff = parts.after(pause, () => void attempt());
  };

  const attempt = async (): Promise<void> => {
    if (trying || link !== null) return;
    callOff?.();
    callOff = null;
    trying = true;
    const before = connection.getState();
    if (before.state === 'lost') connection.set({ ...before, retryAt: null });
    try {
      const opened = await parts.connect();
      if (opened.capabilities.contract === contractVersion) live(opened);
      else mismatched(opened);
    } catch (error) {
      const { code, message, data } = toFailureValue(error);
      if (code === 'forbidden') connection.set({ state: 'denied', refused: data === 'refused' });
      else wait(message);
    } finally {
      trying = false;
    }
  };

  const live = (opened: Link): void => {
    link = opened;
    attempts = 0;
    lostSince = null;
    connection.set({ state: 'live', capabilities: opened.capabilities });
    void opened.closed.then((reason) => {
      link = null;
      wait(reason);
    });
  };

  /** Not tried again by itself: the same page would meet the same engine. */
  const mismatched = (opened: Link): void => {
    opened.close();
    const { version, contract } = opened.capabilities;
    connection.set({ state: 'mismatch', version, contract });
  };

  void attempt();
  return { client: createClient(linkedTransport(() => link)), connection, retry: () => void attempt() };
}

function linkedTransport(current: () => Link | null): Transport {
  const transport = (): Transport => {
    const link = current();
    if (link === null) throw new Failure('engine-unreachable', 'TSPM cannot be reached at the moment; the page keeps trying');
    return link.transport;
  };
  return {
    call: async (name, input, options) => transport().call(name, input, options),
    subscribe: async (topic, input, options) => transport().subscribe(topic, input, options),
  };
}
