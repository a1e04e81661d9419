// tcp: each connection goes to one instance, byte for byte, in both directions, each of which ends on its own.
import { clientAddress, socketOf, type RawConnection } from '../../platform/raw-connection.ts';
import type { Timer } from '../../../shared/model/clock.ts';
import { createConnection, type Socket } from 'node:net';
import type { Front, FrontOptions } from './front.ts';
import { Splice } from './splice.ts';
import type { Target } from './target.ts';

/** An instance that does not answer the handshake by then is stuck. */
const connectTimeoutMs = 5000;

export function createTcpFront({ pool, clock }: FrontOptions): Front {
  const open = new Map<Target, Set<Splice>>();

  function begin(connection: RawConnection, client: string, first: Target): void {
    const tried = new Set<Target>();
    const attempt = (target: Target): void => {
      target.began();
      let timer: Timer | null = null;
      const refused = (): void => {
        timer?.cancel();
        target.handedOn();
        pool.failed(target);
        tried.add(target);
        const next = pool.pick(client, tried);
        if (next === null) connection.close();
        else attempt(next);
      };
      const joined = new Splice();
      const upstream = createConnection({ host: '127.0.0.1', port: target.port, allowHalfOpen: true, noDelay: true, onread: joined.upstreamReads });
      timer = clock.after(connectTimeoutMs, () => upstream.destroy(new Error('the instance does not accept')));
      upstream.once('error', refused);
      upstream.once('connect', () => {
        timer.cancel();
        upstream.off('error', refused);
        target.succeeded();
        run(joined, socketOf(connection, { onread: joined.clientReads }), upstream, target);
      });
    };
    attempt(first);
  }

  function run(joined: Splice, client: Socket, upstream: Socket, target: Target): void {
    const ofTarget = open.get(target) ?? new Set();
    open.set(target, ofTarget);
    ofTarget.add(joined);
    joined.begin(client, upstream, () => {
      ofTarget.delete(joined);
      if (ofTarget.size === 0) open.delete(target);
      target.ended();
    });
  }

  return {
    accept(connection) {
      const client = clientAddress(connection);
      pool.whenReady(client, (target) => {
        if (target === null) connection.close();
        else begin(connection, client, target);
      });
    },
    release: () => undefined,
    cut(target) {
      const pairs = [...(open.get(target) ?? [])];
      for (const pair of pairs) pair.destroy();
      return pairs.length;
    },
    // A connection that has its instance asks for nothing more here.
    leave: async () => undefined,
    close: () => undefined,
  };
}
