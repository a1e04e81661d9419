// A socket that listens while this process never accepts from it: it is given to children, and the kernel spreads connections.
// Node accepts from whatever it listens on, so the call to listen is made by a helper that ends before its loop turns once.
// POSIX only: Windows passes no descriptors to children.
import { spawn } from 'node:child_process';
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import net from 'node:net';
import { getSystemErrorName } from 'node:util';
import { ownEnvironment } from './own-environment.ts';

export interface SharedListener {
  /** For the `stdio` of a child. */
  readonly fd: number;
  close(): void;
}

interface BoundHandle {
  readonly fd: number;
  close(): void;
  getsockname(out: { port?: number }): number;
}

/** Node's cluster module makes its listening sockets with this. It gives the negated errno when it fails. */
interface WithServerHandles {
  _createServerHandle?(address: string, port: number, addressType: 4 | 6): BoundHandle | number;
}

const listenAndLeave = "const server = require('net').createServer().listen({ fd: 3, backlog: 511 }); process.exit(server.listening ? 0 : 1)";

/** Rejects with an error that has the system's code (EADDRINUSE, EACCES, EADDRNOTAVAIL). */
export async function listenShared(host: string, port: number): Promise<SharedListener> {
  const { address, family } = await lookup(host);
  const handle = bind(address, port, family === 6 ? 6 : 4);
  const helper = spawn(process.execPath, ['-e', listenAndLeave], { env: ownEnvironment(process.env), stdio: ['ignore', 'ignore', 'ignore', handle.fd], windowsHide: true });
  const [code] = (await once(helper, 'exit')) as [number | null];
  if (code !== 0) {
    handle.close();
    throw systemError('EADDRINUSE', host, port);
  }
  return { fd: handle.fd, close: () => handle.close() };
}

function bind(address: string, port: number, family: 4 | 6): BoundHandle {
  const { _createServerHandle: create } = net as typeof net & WithServerHandles;
  if (create === undefined) throw new Error('this Node has no call for a socket that is bound and not read');
  const handle = create(address, port, family);
  if (typeof handle === 'number') throw systemError(getSystemErrorName(handle), address, port);
  // libuv keeps an address that is in use to itself until somebody listens; the socket has no port then.
  const name: { port?: number } = {};
  if (handle.getsockname(name) === 0 && name.port === port) return handle;
  handle.close();
  throw systemError('EADDRINUSE', address, port);
}

function systemError(code: string, host: string, port: number): Error {
  return Object.assign(new Error(`listen ${code}: ${host}:${port}`), { code });
}
