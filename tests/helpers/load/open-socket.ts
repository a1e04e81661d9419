// Opens a connection for a client of the load.
import { connect, type Socket } from 'node:net';
import { LoadFailure, socketFailure } from './failure.ts';

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Throws a LoadFailure: `ECONNREFUSED`, `timeout`, … */
export function openSocket({ host, port }: Address, timeoutMs: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true });
    const timer = setTimeout(() => fail(new LoadFailure('timeout')), timeoutMs);
    const fail = (failure: LoadFailure): void => {
      clearTimeout(timer);
      socket.destroy();
      reject(failure);
    };
    const refused = (error: NodeJS.ErrnoException): void => fail(socketFailure(error));
    socket.once('error', refused);
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.off('error', refused);
      resolve(socket);
    });
  });
}
