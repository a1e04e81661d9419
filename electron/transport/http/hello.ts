// How both sides say their version beside the contract's, which never changes: a field in every request and every response.
import { createConnection } from 'node:net';
import { errorCode } from '../../../shared/model/failure.ts';
import { checkEngine } from './check-engine.ts';
import { createResponseDecoder } from './response-decoder.ts';

export const versionHeader = 'tspm-version';
/** Answered by the server itself, also while the engine behind it boots or is busy. 0.1.0 answers it with 404, and without a version. */
export const helloPath = '/v1/hello';

export type Greeting =
  | { readonly state: 'absent' }
  /** Somebody listens and says nothing. */
  | { readonly state: 'silent' }
  /** `version` is null when it does not say one: it is 0.1.0. */
  | { readonly state: 'answers'; readonly version: string | null };

/** Asks whoever listens for a sign of life. Throws a Failure when the socket may be somebody else's. */
export function greet(socketPath: string, patienceMs: number): Promise<Greeting> {
  checkEngine(socketPath);
  return new Promise((resolve) => {
    const socket = createConnection(socketPath);
    const response = createResponseDecoder();
    const finish = (greeting: Greeting): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(greeting);
    };
    const timer = setTimeout(() => finish({ state: 'silent' }), patienceMs);
    socket.on('connect', () => socket.write(`GET ${helloPath} HTTP/1.1\r\nHost: tspm\r\nConnection: close\r\n\r\n`));
    socket.on('data', (bytes) => {
      try {
        response.push(bytes);
      } catch {
        finish({ state: 'answers', version: null });
        return;
      }
      if (response.status !== 0) finish({ state: 'answers', version: response.header(versionHeader) });
    });
    // A connection that breaks is an engine that goes; the command itself says so.
    // Its queue of callers is full: it takes none.
    socket.on('error', (error) => finish({ state: errorCode(error) === 'EAGAIN' ? 'silent' : 'absent' }));
    socket.on('end', () => finish({ state: 'absent' }));
  });
}
