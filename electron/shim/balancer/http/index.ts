// http: a reverse proxy. Each request goes to an instance of its own choosing, over connections that are kept.
import { clientAddress } from '../../../platform/raw-connection.ts';
import type { Timer } from '../../../../shared/model/clock.ts';
import type { Front, FrontOptions } from '../front.ts';
import { ClientConnection } from './client-connection.ts';
import type { FrontContext } from './context.ts';
import { UpstreamPool } from './upstream-pool.ts';

/** After `leave`: a client that has asked for nothing for so long is probably not about to. */
const leaveIdleMs = 3000;

/** One look at all connections instead of a timer for each: what is due is noticed up to this much later. */
const sweepMs = 1000;

export function createHttpFront(options: FrontOptions): Front {
  const { clock, limits } = options;
  const context: FrontContext = { ...options, upstreams: new UpstreamPool(), isClosing: false };
  const clients = new Set<ClientConnection>();
  let timer: Timer | null = null;
  let whenLeft: (() => void) | null = null;

  function sweep(): void {
    timer = null;
    const now = clock.elapsed();
    const current = limits();
    for (const client of clients) client.check(now, current);
    if (whenLeft !== null) for (const client of clients) client.closeWhenIdle(now - leaveIdleMs);
    context.upstreams.sweep(now);
    watch();
  }

  /** Looks again as long as there is something to look at. */
  function watch(): void {
    if (context.isClosing && clients.size === 0) context.upstreams.close();
    // The others are told with the response that is under way.
    if (whenLeft !== null && [...clients].every((one) => !one.isIdle)) whenLeft();
    const isBusy = clients.size > 0 || !context.upstreams.isEmpty;
    if (isBusy) {
      timer ??= clock.after(sweepMs, sweep);
    } else {
      timer?.cancel();
      timer = null;
    }
  }

  function forget(client: ClientConnection): void {
    clients.delete(client);
    if (clients.size === 0) watch();
  }

  return {
    accept(connection) {
      const address = clientAddress(connection);
      if (address === '') {
        connection.close();
        return;
      }
      clients.add(new ClientConnection(context, connection, address, forget));
      if (timer === null) watch();
    },
    release: (target) => context.upstreams.release(target),
    cut(target) {
      const doomed = [...clients].filter((client) => client.target === target);
      for (const client of doomed) client.cut();
      context.upstreams.release(target);
      return doomed.length;
    },
    leave() {
      context.isClosing = true;
      return new Promise((resolve) => {
        whenLeft = resolve;
        watch();
      });
    },
    close() {
      context.isClosing = true;
      for (const client of clients) client.closeWhenIdle();
      watch();
    },
  };
}
