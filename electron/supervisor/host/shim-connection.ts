// One connection to a shim: greets it, then carries messages both ways.
import { createConnection, type Socket } from 'node:net';
import { errorMessage, Failure } from '../../../shared/model/failure.ts';
import { baseProtocol, commonProtocol, isOlderVersion, ourIntroduction, rangeWords, readIntroduction, type Introduction } from '../../../shared/model/shim-hello.ts';
import { withResolvers } from '../../../shared/model/with-resolvers.ts';
import type { FromShim, ToShim } from '../../../shared/model/shim-protocol.ts';
import { checkSocket } from '../../platform/trust/check-socket.ts';
import { lineSplitter } from './json-lines.ts';

const greetingTimeoutMs = 5000;

export type Welcome = Extract<FromShim, { type: 'welcome' }>;
type Refusal = Extract<FromShim, { type: 'refused' }>;

export interface ShimConnection {
  readonly welcome: Welcome;
  readonly introduction: Introduction;
  /** Resolves at its end, however that came. */
  readonly closed: Promise<void>;
  send(message: ToShim): void;
  close(): void;
}

/**
 * Connects and waits for the welcome; `onMessage` gets everything after it.
 * Throws the system error when nobody listens, and a Failure when the shim refuses or speaks another version.
 */
export function connectToShim(socketPath: string, onMessage: (message: FromShim) => void): Promise<ShimConnection> {
  const { promise: closed, resolve: close } = withResolvers<void>();
  return new Promise((resolve, reject) => {
    checkSocket(socketPath);
    const socket = createConnection(socketPath);
    let welcomed = false;
    const giveUp = (error: unknown): void => {
      socket.destroy();
      reject(error instanceof Error ? error : new Failure('failed', errorMessage(error)));
    };
    const take = lineSplitter((line) => {
      const message = parseMessage(line);
      if (welcomed) {
        onMessage(message);
      } else if (message.type === 'welcome' && isSpoken(message.version)) {
        welcomed = true;
        socket.setTimeout(0);
        resolve({ welcome: message, introduction: readIntroduction(message), closed, send: (out) => write(socket, out), close: () => socket.destroy() });
      } else {
        giveUp(refusal(message));
      }
    });
    socket.setEncoding('utf8');
    socket.setTimeout(greetingTimeoutMs, () => giveUp(new Failure('failed', 'it does not answer')));
    socket.on('connect', () => write(socket, { type: 'hello', version: baseProtocol, supervisorPid: process.pid, ...ourIntroduction }));
    socket.on('data', (chunk) => {
      try {
        take(String(chunk));
      } catch (error) {
        socket.destroy(error instanceof Error ? error : undefined);
      }
    });
    socket.on('error', giveUp);
    socket.on('close', () => {
      close();
      if (!welcomed) giveUp(new Failure('failed', 'it closed the connection'));
    });
  });
}

function isSpoken(version: number): boolean {
  return commonProtocol(ourIntroduction.protocol, { oldest: version, newest: version }) !== null;
}

/** `protocol-mismatch` when it will not be otherwise at the next try. */
function refusal(message: FromShim): Failure {
  if (message.type === 'refused' && !speaksAnother(message)) return new Failure('failed', message.message, { occupied: message.message.endsWith(' is connected already') });
  if (message.type !== 'welcome' && message.type !== 'refused') return new Failure('failed', 'it answered with something else than a welcome');
  const theirs = readIntroduction(message);
  const age = isOlderVersion(theirs.productVersion, ourIntroduction.productVersion) ? 'older' : 'newer';
  return new Failure('protocol-mismatch', `it is ${age} (${theirs.productVersion}) and speaks ${rangeWords(theirs.protocol)}, this TSPM (${ourIntroduction.productVersion}) speaks ${rangeWords(ourIntroduction.protocol)}; \`tspm kill\` ends it with its services`);
}

/** A shim that says nothing of itself (0.1.0) has written down its reason. */
function speaksAnother(message: Refusal): boolean {
  return message.protocol !== undefined && commonProtocol(ourIntroduction.protocol, readIntroduction(message).protocol) === null;
}

function write(socket: Socket, message: ToShim): void {
  if (socket.writable) socket.write(`${JSON.stringify(message)}\n`);
}

/** The shim is the other half of this program, perhaps of another version: its words are trusted, their form is not. */
function parseMessage(line: string): FromShim {
  const value: unknown = JSON.parse(line);
  if (typeof value !== 'object' || value === null || !('type' in value)) throw new Failure('failed', 'the shim sent something that is no message');
  return value as FromShim;
}
