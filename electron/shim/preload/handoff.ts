// handoff: accepted connections come over the channel and are put into the program's server as if it had accepted them itself.
import type { Server, Socket } from 'node:net';
import type { PreloadTask } from '../../../shared/model/preload-task.ts';
import { createCounts } from './counts.ts';
import { sayGoodbye } from './goodbye.ts';
import { tell, type Membership } from './membership.ts';

interface AcceptedHandle {
  close(): void;
}

/** What libuv calls when a connection was accepted; the same since Node 0.8. */
interface ServerInternals {
  readonly _handle?: { onconnection(status: number, connection: AcceptedHandle): void } | null;
}

export function joinByHandoff({ ownPort }: PreloadTask): Membership {
  const counts = createCounts();
  let server: (Server & ServerInternals) | null = null;
  /** True while a connection of ours is put into the server: those that come to its own port are nobody's business. */
  let handing = false;
  let draining = false;

  const takesConnections = (): boolean => server?.listening === true;

  const watch = (socket: Socket): void => {
    if (!handing) return;
    handing = false;
    socket.once('close', () => counts.closed());
  };

  return {
    // It really listens on its own port: whoever wants this very instance finds it there. A second server gets any port.
    options: () => ({ port: takesConnections() ? 0 : ownPort, host: '127.0.0.1', exclusive: true }),
    listening(one) {
      if (takesConnections()) return;
      server = one;
      one.on('connection', watch);
      one.once('close', () => {
        if (server === one) server = null;
      });
      if (draining) sayGoodbye(one);
      tell({ type: 'listening' });
    },
    connection(handle) {
      const accepted = handle as AcceptedHandle;
      const listener = server?._handle;
      if (listener === undefined || listener === null) {
        accepted.close();
        counts.refused();
        return;
      }
      counts.taken();
      handing = true;
      listener.onconnection(0, accepted);
      // Still set: the server has dropped it, because of its maxConnections.
      if (handing) counts.closed();
      handing = false;
    },
    drain() {
      draining = true;
      if (server !== null) sayGoodbye(server);
    },
  };
}
