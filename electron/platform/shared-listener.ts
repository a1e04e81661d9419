// A socket that listens while this process never accepts from it: it is given to children, and the kernel spreads connections.
// Node accepts from whatever it listens on, so the call to listen is made by a helper that ends before its loop turns once.
// POSIX only: Windows passes no descriptors to children.
import { spawn } from 'node:child_process';
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { bindPort, listenError } from './bind-port.ts';
import { ownEnvironment } from './own-environment.ts';

export interface SharedListener {
  /** For the `stdio` of a child. */
  readonly fd: number;
  close(): void;
}

const listenAndLeave = "const server = require('net').createServer().listen({ fd: 3, backlog: 511 }); process.exit(server.listening ? 0 : 1)";

/** It usually needs 30 ms. */
const helperTimeoutMs = 5000;

/** Rejects with an error that has the system's code (EADDRINUSE, EACCES, EADDRNOTAVAIL). */
export async function listenShared(host: string, port: number): Promise<SharedListener> {
  const { address, family } = await lookup(host);
  const handle = bindPort(address, port, family === 6 ? 6 : 4);
  try {
    const helper = spawn(process.execPath, ['-e', listenAndLeave], { env: ownEnvironment(process.env), stdio: ['ignore', 'ignore', 'ignore', handle.fd], windowsHide: true, timeout: helperTimeoutMs, killSignal: 'SIGKILL' });
    const [code] = (await once(helper, 'exit')) as [number | null];
    if (code !== 0) throw listenError(code === null ? 'ETIMEDOUT' : 'EADDRINUSE', host, port);
  } catch (error) {
    handle.close();
    throw error;
  }
  return { fd: handle.fd, close: () => handle.close() };
}
