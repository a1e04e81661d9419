// handoff: the instance gets the accepted socket itself. Nothing of what is said on it passes through here.
import { clientAddress, type RawConnection } from '../../platform/raw-connection.ts';
import type { Front, FrontOptions } from './front.ts';
import type { HandoffLink } from './handoff-link.ts';
import type { Target } from './target.ts';

export interface HandoffFront extends Front {
  /** The program behind a target. */
  link(target: Target, link: HandoffLink): void;
  unlink(target: Target): void;
}

export function createHandoffFront({ pool }: FrontOptions): HandoffFront {
  const links = new Map<Target, HandoffLink>();

  function offer(connection: RawConnection, client: string, first: Target): void {
    const tried = new Set<Target>();
    for (let target: Target | null = first; target !== null; target = pool.pick(client, tried)) {
      if (links.get(target)?.hand(connection) === true) return;
      pool.failed(target);
      tried.add(target);
    }
    connection.close();
  }

  return {
    accept(connection) {
      const client = clientAddress(connection);
      pool.whenReady(client, (target) => {
        if (target === null) connection.close();
        else offer(connection, client, target);
      });
    },
    link: (target, link) => void links.set(target, link),
    unlink(target) {
      const link = links.get(target);
      links.delete(target);
      link?.gone();
    },
    release(target) {
      const link = links.get(target);
      // Its connections are not counted here: until it says that they have ended, it counts as one.
      if (link !== undefined && target.mode === 'shared') target.began();
      link?.tellDraining();
    },
    // They end with the program, which gets its signal next.
    cut: (target) => target.open,
    // A connection that has its instance asks for nothing more here.
    leave: async () => undefined,
    close: () => undefined,
  };
}
