// shared: the program accepts from the listening socket that all instances have as descriptor 3.
import { Server } from 'node:net';
import { sayGoodbye } from './goodbye.ts';
import { tell, type Membership } from './membership.ts';

export function joinShared(): Membership {
  const servers = new Set<Server>();
  let draining = false;
  const leave = (server: Server): void => {
    servers.delete(server);
    if (draining && servers.size === 0) tell({ type: 'drained' });
  };
  return {
    options: () => ({ fd: 3 }),
    listening(server) {
      servers.add(server);
      server.once('close', () => leave(server));
      tell({ type: 'listening' });
    },
    connection: () => undefined,
    drain() {
      draining = true;
      if (servers.size === 0) tell({ type: 'drained' });
      for (const server of servers) {
        sayGoodbye(server);
        // Not the close of http.Server: that one cuts connections that are idle at the moment, over which a request may be coming.
        Server.prototype.close.call(server);
      }
    },
  };
}
