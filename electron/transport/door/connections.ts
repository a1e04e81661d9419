// Bounds the connections of callers that have shown no key: they cost a descriptor each, and the engine has only so many. Whoever
// came first goes first; one that is in earnest sends its request at once.
import type { Server } from 'node:http';
import type { Socket } from 'node:net';

const maxUnknown = 128;

export interface Connections {
  /** A request with a key came over it: it is not dropped while it is answered. */
  known(socket: Socket): void;
  /** The answer is complete. */
  done(socket: Socket): void;
}

export function boundConnections(server: Server): Connections {
  /** In the order of their coming. */
  const unknown = new Set<Socket>();

  function add(socket: Socket): void {
    unknown.add(socket);
    if (unknown.size <= maxUnknown) return;
    for (const oldest of unknown) {
      unknown.delete(oldest);
      oldest.destroy();
      return;
    }
  }

  server.on('connection', (socket: Socket) => {
    socket.once('close', () => unknown.delete(socket));
    add(socket);
  });
  return {
    known: (socket) => void unknown.delete(socket),
    done(socket) {
      if (!socket.destroyed) add(socket);
    },
  };
}
