// A client's connection: one request at a time, and an exact account of what happens between two of them. A connection
// that the server closes while nothing is asked just is no longer usable; one that ends under a request fails it.
import { LoadFailure, socketFailure } from './failure.ts';
import { openSocket, type Address } from './open-socket.ts';
import { readResponse, type HttpResponse } from './read-response.ts';

export interface HttpConnection {
  /** Whether the next request may go on it, as far as anybody can know before it is written. */
  readonly state: () => 'usable' | 'closed by the server' | 'unasked bytes';
  /** Throws a LoadFailure. After one, or after an answer that ends the connection, it must be closed. */
  request(bytes: string): Promise<HttpResponse>;
  close(): void;
}

interface Pending {
  readonly resolve: (response: HttpResponse) => void;
  readonly reject: (failure: LoadFailure) => void;
}

/** Throws a LoadFailure. */
export async function openHttpConnection(address: Address, timeoutMs: number): Promise<HttpConnection> {
  const socket = await openSocket(address, timeoutMs);
  let received = '';
  let over = false;
  let pending: Pending | null = null;
  let timer: NodeJS.Timeout | undefined;

  const settle = (act: (waiting: Pending) => void): void => {
    if (pending === null) return;
    clearTimeout(timer);
    const waiting = pending;
    pending = null;
    act(waiting);
  };
  const fail = (failure: LoadFailure): void => settle((waiting) => waiting.reject(failure));
  const look = (): void => {
    if (pending === null) return;
    const reading = readResponse(received, over);
    if (reading.kind === 'malformed') fail(new LoadFailure('malformed'));
    else if (reading.kind === 'complete' && reading.surplus > 0) fail(new LoadFailure('unasked bytes'));
    else if (reading.kind === 'complete') {
      received = '';
      settle((waiting) => waiting.resolve(reading.response));
    } else if (over) fail(new LoadFailure(received === '' ? 'closed unanswered' : 'truncated'));
  };

  socket.setEncoding('latin1');
  socket.on('data', (text: string) => {
    received += text;
    look();
  });
  socket.on('end', () => {
    over = true;
    look();
  });
  socket.on('error', (error) => {
    over = true;
    fail(socketFailure(error));
  });

  return {
    state() {
      if (received !== '') return 'unasked bytes';
      return over ? 'closed by the server' : 'usable';
    },
    request: (bytes) =>
      new Promise((resolve, reject) => {
        pending = { resolve, reject };
        timer = setTimeout(() => fail(new LoadFailure('timeout')), timeoutMs);
        socket.write(bytes, 'latin1');
      }),
    close: () => void socket.destroy(),
  };
}
