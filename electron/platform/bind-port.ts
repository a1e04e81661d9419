// A port that is bound and not listened on yet. Node has no public call for that; what is used here is what its own cluster module
// uses. All knowledge of it is in this file.
import { lookup } from 'node:dns/promises';
import net from 'node:net';
import { getSystemErrorName } from 'node:util';
import { errorCode } from '../../shared/model/failure.ts';

export interface BoundHandle {
  readonly fd: number;
  close(): void;
  getsockname(out: { port?: number }): number;
}

/** Node's cluster module makes its listening sockets with this. It gives the negated errno when it fails. */
interface WithServerHandles {
  _createServerHandle?(address: string, port: number, addressType: 4 | 6): BoundHandle | number;
}

/** How long `seizePort` tries without letting anything else run. */
const burstMs = 20;

/** Throws an error that has the system's code (EADDRINUSE, EACCES, EADDRNOTAVAIL). `address` is an IP address. */
export function bindPort(address: string, port: number, family: 4 | 6): BoundHandle {
  const { _createServerHandle: create } = net as typeof net & WithServerHandles;
  if (create === undefined) throw new Error('this Node has no call for a socket that is bound and not read');
  const handle = create(address, port, family);
  if (typeof handle === 'number') throw listenError(getSystemErrorName(handle), address, port);
  // libuv keeps an address that is in use to itself until somebody listens; the socket has no port then.
  const name: { port?: number } = {};
  if (handle.getsockname(name) === 0 && name.port === port) return handle;
  handle.close();
  throw listenError('EADDRINUSE', address, port);
}

/**
 * Binds a port in the moment in which another program gives it back: it tries without a pause, so that hardly a client finds the port
 * closed. Throws the last error after `patienceMs`.
 */
export async function seizePort(host: string, port: number, patienceMs: number): Promise<BoundHandle> {
  const { address, family } = await lookup(host);
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const yieldAt = performance.now() + burstMs;
    for (;;) {
      try {
        return bindPort(address, port, family === 6 ? 6 : 4);
      } catch (error) {
        if (errorCode(error) !== 'EADDRINUSE' || performance.now() >= deadline) throw error;
      }
      if (performance.now() >= yieldAt) break;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}

export function listenError(code: string, host: string, port: number): Error {
  return Object.assign(new Error(`listen ${code}: ${host}:${port}`), { code });
}
