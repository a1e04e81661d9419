// Connections as the operating system accepted them, before Node makes sockets of them. Node has no public call for that; what
// is used here is what its own cluster module uses, and has been the same since Node 0.8. All knowledge of it is in this file.
import type { BoundHandle } from './bind-port.ts';
import { createServer, Socket, type Server, type AddressInfo, type OnReadOpts, type SocketConstructorOpts } from 'node:net';

const backlog = 511;

/** An accepted connection that nobody reads yet. Can be sent to a child as it is. */
export interface RawConnection {
  close(): void;
  /** Fills in the address of the client; 0 when it could. */
  getpeername(out: { address?: string; port?: number }): number;
}

interface ListeningHandle {
  readonly fd?: number;
  onconnection: (status: number, connection: RawConnection | undefined) => void;
}

export interface RawListener {
  readonly port: number;
  /** For the `stdio` of a child; null where the system passes no descriptors (Windows). */
  readonly fd: number | null;
  close(): void;
}

/** What a server can listen on: an address, a socket that somebody else has made, or one that is bound already. */
export type ListenTarget = { readonly host: string; readonly port: number } | { readonly fd: number } | { readonly handle: BoundHandle };

/**
 * Listens and hands over connections as they are accepted. Rejects with the system error (EADDRINUSE, EACCES, EADDRNOTAVAIL).
 */
export function listenRaw(target: ListenTarget, onConnection: (connection: RawConnection) => void): Promise<RawListener> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    const listening = (): void => {
      server.off('error', reject);
      const handle = handleOf(server);
      handle.onconnection = (status, connection) => {
        // A status other than 0: out of descriptors, for example. The client is still in the backlog.
        if (status === 0 && connection !== undefined) onConnection(connection);
      };
      const fd = handle.fd ?? -1;
      resolve({ port: (server.address() as AddressInfo).port, fd: fd < 0 ? null : fd, close: () => server.close() });
    };
    if ('handle' in target) server.listen(target.handle, backlog, listening);
    else server.listen({ ...target, backlog, exclusive: true }, listening);
  });
}

/**
 * A socket over an accepted connection, which reads once `resume` is called. With `onread` all reads go into the buffers it
 * gives, and no 'data' comes.
 */
export function socketOf(connection: RawConnection, options: { readonly onread?: OnReadOpts } = {}): Socket {
  const all: SocketConstructorOpts & { handle: RawConnection; pauseOnCreate: boolean; onread?: OnReadOpts } = {
    handle: connection,
    allowHalfOpen: true,
    readable: true,
    writable: true,
    pauseOnCreate: true,
    ...options,
  };
  return new Socket(all);
}

/** The client's address without the mapping of IPv4 into IPv6; empty when the client has gone. */
export function clientAddress(connection: RawConnection): string {
  const out: { address?: string } = {};
  if (connection.getpeername(out) !== 0) return '';
  const { address = '' } = out;
  return address.startsWith('::ffff:') ? address.slice(7) : address;
}

function handleOf(server: Server): ListeningHandle {
  const { _handle: handle } = server as Server & { readonly _handle?: ListeningHandle };
  if (handle === undefined) throw new Error('this Node keeps its listening handle elsewhere');
  return handle;
}
