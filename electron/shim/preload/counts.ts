// Tells the shim which connections were taken, refused and have ended: what comes in one turn of the event loop goes as one message.
import { tell } from './membership.ts';

export interface Counts {
  taken(): void;
  refused(): void;
  closed(): void;
}

export function createCounts(): Counts {
  let [taken, refused, closed] = [0, 0, 0];
  let queued = false;

  const flush = (): void => {
    queued = false;
    if (taken + refused + closed === 0) return;
    tell({ type: 'counts', taken, refused, closed });
    [taken, refused, closed] = [0, 0, 0];
  };
  const queue = (): void => {
    if (queued) return;
    queued = true;
    setImmediate(flush);
  };
  return {
    taken() {
      // The order tells the shim which connection is meant: earlier refusals go first.
      if (refused > 0) flush();
      taken += 1;
      queue();
    },
    refused() {
      refused += 1;
      queue();
    },
    closed() {
      closed += 1;
      queue();
    },
  };
}
