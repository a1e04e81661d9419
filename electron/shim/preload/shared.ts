// shared: the program accepts from the listening socket that all instances have as descriptor 3.
import { Server } from 'node:net';
import { sayGoodbye } from './goodbye.ts';
import { tell, type Membership } from './membership.ts';

export function joinShared(): Membership {
  let server: Server | null = null;
  return {
    options: () => ({ fd: 3 }),
    listening(one) {
      server = one;
      tell({ type: 'listening' });
    },
    connection: () => undefined,
    drain() {
      if (server === null) {
        tell({ type: 'drained' });
        return;
      }
      sayGoodbye(server);
      server.once('close', () => tell({ type: 'drained' }));
      // Not the close of http.Server: that one cuts connections that are idle at the moment, over which a request may be coming.
      Server.prototype.close.call(server);
    },
  };
}
