// Carries commands to an engine over its control socket: one HTTP/1.1 exchange per command, over plain node:net.
import { createConnection } from 'node:net';
import type { CallOptions, Transport } from '../../shared/client/client.ts';
import { contractVersion } from '../../shared/contract/version.ts';
import type { AnswerLine } from '../../shared/contract/messages.ts';
import type { CommandName } from '../../shared/contract/commands.ts';
import { errorCode, errorMessage, Failure } from '../../shared/model/failure.ts';
import { createResponseDecoder } from './http-response.ts';

/** An answer line longer than this is refused: 10,000 snapshots are about 4 MiB. */
const maxLineBytes = 64 * 1024 * 1024;

/** Why an engine could not be reached: `data` of an `engine-unreachable` failure. */
export interface UnreachableData {
  /** `absent`: nothing listens. `denied`: no permission. `lost`: the connection broke before the answer. */
  readonly kind: 'absent' | 'denied' | 'lost';
  readonly socket: string;
}

/**
 * A transport to the engine that listens on `socket`. A call throws the engine's Failure, `engine-unreachable` with
 * UnreachableData, `protocol-mismatch`, or the reason of the abort signal.
 */
export function createHttpTransport(socket: string): Transport {
  return { call: (name, input, options) => exchange(socket, name, input, options) };
}

async function exchange(socketPath: string, name: CommandName, input: unknown, options: CallOptions): Promise<unknown> {
  options.signal?.throwIfAborted();
  return await new Promise((resolve, reject) => {
    const socket = createConnection(socketPath);
    const response = createResponseDecoder();
    const lines = createLineSplitter();
    let connected = false;

    const abort = (): void => settle(() => reject(options.signal?.reason));
    options.signal?.addEventListener('abort', abort, { once: true });

    function settle(finish: () => void): void {
      options.signal?.removeEventListener('abort', abort);
      socket.destroy();
      finish();
    }

    function receive(bytes: Buffer): void {
      for (const line of lines.push(response.push(bytes))) {
        const answer = parseAnswer(line, response.status);
        if ('progress' in answer) options.onProgress?.(answer.progress);
        else if ('error' in answer) return settle(() => reject(new Failure(answer.error.code, answer.error.message, answer.error.data)));
        else return settle(() => resolve(answer.result));
      }
      if (response.complete) settle(() => reject(noAnswer(socketPath, response.status)));
    }

    socket.on('connect', () => {
      connected = true;
      const body = JSON.stringify(input);
      socket.write(
        `POST /v1/commands/${name} HTTP/1.1\r\nHost: tspm\r\nConnection: close\r\ntspm-contract: ${contractVersion}\r\n` +
          `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      );
    });
    socket.on('data', (bytes) => {
      try {
        receive(bytes);
      } catch (error) {
        settle(() => reject(error));
      }
    });
    socket.on('end', () => {
      response.close();
      settle(() => reject(noAnswer(socketPath, response.status)));
    });
    socket.on('error', (error) => settle(() => reject(unreachable(socketPath, error, connected))));
  });
}

function createLineSplitter(): { push(bytes: Buffer): readonly string[] } {
  let parts: Buffer[] = [];
  let size = 0;
  return {
    push(bytes) {
      const found: string[] = [];
      let rest = bytes;
      for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
        parts.push(rest.subarray(0, end));
        found.push(Buffer.concat(parts).toString('utf8'));
        parts = [];
        size = 0;
        rest = rest.subarray(end + 1);
      }
      if (rest.length > 0) parts.push(rest);
      size += rest.length;
      if (size > maxLineBytes) throw new Failure('protocol-mismatch', `the engine sent a line of more than ${maxLineBytes} bytes`);
      return found.filter((line) => line !== '');
    },
  };
}

function parseAnswer(line: string, status: number): AnswerLine {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null && ('progress' in value || 'result' in value || 'error' in value)) return value as AnswerLine;
  } catch {
    // Not JSON: the same complaint as about JSON of another shape.
  }
  throw new Failure('protocol-mismatch', `the engine's answer (HTTP ${status}) cannot be understood: is it another version of TSPM?`);
}

function noAnswer(socket: string, status: number): Failure {
  if (status >= 400) return new Failure('protocol-mismatch', `the engine answered with HTTP ${status} and no error: is it another version of TSPM?`);
  const data: UnreachableData = { kind: 'lost', socket };
  return new Failure('engine-unreachable', 'the engine closed the connection before it answered: it crashed or was replaced; try again', data);
}

function unreachable(socket: string, error: Error, connected: boolean): Failure {
  const code = errorCode(error);
  if (connected) {
    const data: UnreachableData = { kind: 'lost', socket };
    return new Failure('engine-unreachable', `the connection to the engine broke before it answered (${errorMessage(error)}); try again`, data);
  }
  if (code === 'EACCES' || code === 'EPERM') {
    const data: UnreachableData = { kind: 'denied', socket };
    return new Failure('engine-unreachable', `no permission to reach the engine at ${socket}: run as the user who owns it`, data);
  }
  const data: UnreachableData = { kind: 'absent', socket };
  return new Failure('engine-unreachable', `no engine answers at ${socket} (${code ?? errorMessage(error)})`, data);
}

export function isEngineAbsent(error: unknown): boolean {
  return unreachableKind(error) === 'absent';
}

export function isConnectionLost(error: unknown): boolean {
  return unreachableKind(error) === 'lost';
}

function unreachableKind(error: unknown): UnreachableData['kind'] | null {
  if (!(error instanceof Failure) || error.code !== 'engine-unreachable') return null;
  return (error.data as UnreachableData | undefined)?.kind ?? null;
}
