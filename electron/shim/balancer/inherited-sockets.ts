// Listening sockets that a shim before this one has given to it, by their address. Both hold the same socket, so nobody who connects
// notices which of them accepts.
import { closeSync } from 'node:fs';

export interface SocketAddress {
  readonly host: string;
  readonly port: number;
}

export interface InheritedSocket extends SocketAddress {
  readonly fd: number;
}

export class InheritedSockets {
  private left: readonly InheritedSocket[];

  constructor(sockets: readonly InheritedSocket[] = []) {
    this.left = sockets;
  }

  /** The descriptor of this address, which is the caller's from now on; null when there is none. */
  take({ host, port }: SocketAddress): number | null {
    const found = this.left.find((one) => one.host === host && one.port === port);
    this.left = this.left.filter((one) => one !== found);
    return found?.fd ?? null;
  }

  /** What nobody took is given back to the system. */
  close(): void {
    for (const { fd } of this.left) closeSync(fd);
    this.left = [];
  }
}

/** The sockets as arguments of a program whose descriptors from 3 on they are, in this order. */
export function describeSockets(sockets: readonly SocketAddress[]): string {
  return JSON.stringify(sockets.map(({ host, port }) => ({ host, port })));
}

/** Reads what `describeSockets` wrote. Throws a SyntaxError or TypeError when it is something else. */
export function parseSockets(text: string): readonly InheritedSocket[] {
  const value: unknown = JSON.parse(text);
  if (!Array.isArray(value)) throw new TypeError('the sockets are not a list');
  return value.map((one: unknown, index) => {
    if (typeof one !== 'object' || one === null || !('host' in one) || !('port' in one)) throw new TypeError('a socket has no address');
    return { host: String(one.host), port: Number(one.port), fd: 3 + index };
  });
}
