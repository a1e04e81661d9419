// Ports on 127.0.0.1 for single instances, below the range from which systems take ports for outgoing connections (Linux from
// 32768, macOS and Windows from 49152), so that nobody takes one between the look and the program's own listen.
import { createServer } from 'node:net';

const first = 20_000;
const count = 10_000;

export interface OwnPorts {
  /** One that is free at this moment and that `used` does not name. Throws an Error when none is. */
  take(used: ReadonlySet<number>): Promise<number>;
}

/** Two homes on one machine begin at different places: `start` gives 0 ≤ x < 1. */
export function createOwnPorts(start: number, isFree: (port: number) => Promise<boolean> = canBind): OwnPorts {
  let next = Math.floor(start * count);
  return {
    async take(used) {
      for (let tries = 0; tries < count; tries += 1) {
        const port = first + next;
        next = (next + 1) % count;
        if (!used.has(port) && (await isFree(port))) return port;
      }
      throw new Error(`no port between ${first} and ${first + count - 1} is free`);
    },
  };
}

function canBind(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}
