// Carries calls and subscriptions to an engine over its control socket: one HTTP/1.1 exchange each, over plain node:net.
import { createConnection } from 'node:net';
import type { CallOptions, StreamOptions, Transport } from '../../../shared/client/client.ts';
import type { AnswerLine, StreamLine } from '../../../shared/contract/messages.ts';
import type { StreamMessage } from '../../../shared/contract/topics.ts';
import { contractVersion, productVersion } from '../../../shared/contract/version.ts';
import { Failure } from '../../../shared/model/failure.ts';
import { checkEngine } from './check-engine.ts';
import { versionHeader } from './hello.ts';
import { createLineSplitter } from './lines.ts';
import { createResponseDecoder } from './response-decoder.ts';
import { noAnswer, unreachable } from './unreachable.ts';

/**
 * A transport to the engine that listens on `socket`. A call throws the engine's Failure, `engine-unreachable` with
 * UnreachableData, `protocol-mismatch`, or the reason of the abort signal.
 */
export function createHttpTransport(socket: string): Transport {
  return {
    call(name, input, { onProgress, signal }: CallOptions) {
      return exchange<AnswerLine>(socket, `/v1/commands/${name}`, input, signal, (line, done) => {
        if ('progress' in line) onProgress?.(line.progress);
        else if ('error' in line) throw failureOf(line.error);
        else if ('result' in line) done(line.result);
        else throw foreign();
      });
    },
    async subscribe(topic, input, { after, signal, next }: StreamOptions<StreamMessage<unknown, unknown>>) {
      const stream = exchange<StreamLine>(socket, `/v1/subscriptions/${topic}`, { input, after }, signal, async (line, done) => {
        if ('message' in line) await next(line.message);
        else if ('end' in line) {
          if (line.end !== null) throw failureOf(line.end);
          done(undefined);
        } else if (!('alive' in line)) throw foreign();
      });
      await stream.catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
    },
  };
}

/** `take` is given one line after the other; while it is busy, nothing is read. */
async function exchange<Line extends object>(
  socketPath: string,
  path: string,
  content: unknown,
  signal: AbortSignal | undefined,
  take: (line: Line, done: (result: unknown) => void) => void | Promise<void>,
): Promise<unknown> {
  signal?.throwIfAborted();
  checkEngine(socketPath);
  return await new Promise((resolve, reject) => {
    const socket = createConnection(socketPath);
    const response = createResponseDecoder();
    const lines = createLineSplitter();
    let connected = false;
    let settled = false;

    const abort = (): void => settle(() => reject(signal?.reason));
    const done = (result: unknown): void => settle(() => resolve(result));
    signal?.addEventListener('abort', abort, { once: true });

    function settle(finish: () => void): void {
      if (settled) return;
      settled = true;
      signal?.removeEventListener('abort', abort);
      socket.destroy();
      finish();
    }

    async function receive(bytes: Buffer): Promise<void> {
      for (const text of lines.push(response.push(bytes))) {
        if (settled) return;
        const busy = take(parseLine<Line>(text, response.status), done);
        if (busy === undefined) continue;
        socket.pause();
        await busy;
      }
      if (response.complete) settle(() => reject(noAnswer(socketPath, response.status)));
      else if (!settled) socket.resume();
    }

    socket.on('connect', () => {
      connected = true;
      const body = JSON.stringify(content);
      socket.write(
        `POST ${path} HTTP/1.1\r\nHost: tspm\r\nConnection: close\r\ntspm-contract: ${contractVersion}\r\n${versionHeader}: ${productVersion}\r\n` +
          `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      );
    });
    // One block after the other, although several may be under way when the socket is paused.
    let queue: Promise<void> = Promise.resolve();
    socket.on('data', (bytes) => {
      queue = queue.then(() => receive(bytes)).catch((error: unknown) => settle(() => reject(error)));
    });
    socket.on('end', () => {
      void queue.then(() => {
        response.close();
        settle(() => reject(noAnswer(socketPath, response.status)));
      });
    });
    socket.on('error', (problem) => {
      void queue.then(() => settle(() => reject(unreachable(socketPath, problem, connected))));
    });
  });
}

function parseLine<Line extends object>(text: string, status: number): Line {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as Line;
  } catch {
    // Not JSON: the same complaint as about JSON of another shape.
  }
  throw foreign(status);
}

function foreign(status?: number): Failure {
  return new Failure('protocol-mismatch', `the engine's answer${status === undefined ? '' : ` (HTTP ${status})`} cannot be understood: is it another version of TSPM?`);
}

function failureOf({ code, message, data }: { readonly code: Failure['code']; readonly message: string; readonly data?: unknown }): Failure {
  return new Failure(code, message, data);
}
