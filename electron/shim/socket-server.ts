// The shim's door: a private socket, one JSON message per line in both directions.
import { chmodSync, mkdirSync, renameSync, statSync, unlinkSync } from 'node:fs';
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import path from 'node:path';
import { errorCode, Failure } from '../../shared/model/failure.ts';
import type { FromShim } from '../../shared/model/shim-protocol.ts';
import { checkSocket } from '../platform/trust/check-socket.ts';
import type { Shim } from './shim.ts';
import { parseMessage } from './parse-message.ts';

/** A spawn carries an environment; nothing that is meant is longer. */
const maxLineChars = 4 << 20;
/** A supervisor that does not read for so long is dropped: the table of children keeps what it missed. */
const maxUnreadBytes = 4 << 20;

export interface SocketClaim {
  readonly server: Server;
  /** `missing`: nobody can reach this shim any more. `taken`: another shim serves the home. */
  state(): 'ours' | 'missing' | 'taken';
  /** Where it is now. */
  path(): string;
  /** The place of a shim that is gone. Throws the system error. */
  moveTo(path: string): void;
}

/**
 * Claims the socket; whoever connects waits until `serveShim`. Throws a Failure when another shim serves this home, or when its place may be somebody else's, and
 * the system error when the socket cannot be made.
 */
export async function claimSocket(socketPath: string): Promise<SocketClaim> {
  const server = createServer();
  if (process.platform !== 'win32') mkdirSync(path.dirname(socketPath), { recursive: true, mode: 0o700 });
  checkSocket(socketPath);
  try {
    await listen(server, socketPath);
  } catch (error) {
    if (errorCode(error) !== 'EADDRINUSE') throw error;
    if (await isServed(socketPath)) throw new Failure('failed', `another shim serves ${socketPath}`);
    unlinkSync(socketPath);
    await listen(server, socketPath);
  }
  // A named pipe lives and dies with its server.
  if (process.platform === 'win32') return { server, state: () => 'ours', path: () => socketPath, moveTo: () => undefined };
  chmodSync(socketPath, 0o600);
  const { ino, dev } = statSync(socketPath);
  let place = socketPath;
  return {
    server,
    path: () => place,
    moveTo(next) {
      renameSync(place, next);
      place = next;
    },
    state() {
      const current = statSync(place, { throwIfNoEntry: false });
      if (current === undefined) return 'missing';
      return current.ino === ino && current.dev === dev ? 'ours' : 'taken';
    },
  };
}

/** To be called in the same turn in which the claim was made, before a connection can have come. */
export function serveShim(server: Server, shim: Shim): void {
  server.on('connection', (socket) => serve(shim, socket));
  server.on('error', (error) => shim.log(`socket: ${error.message}`));
}

/** The socket is bound inside `listen`, so the mask holds for it and for nothing a child inherits. */
async function listen(server: Server, socketPath: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    const mask = process.umask(0o177);
    server.listen(socketPath, () => {
      server.off('error', reject);
      resolve();
    });
    process.umask(mask);
  });
}

async function isServed(socketPath: string): Promise<boolean> {
  return await new Promise((resolve) => {
    const probe = createConnection(socketPath, () => {
      probe.destroy();
      resolve(true);
    });
    probe.once('error', () => resolve(false));
  });
}

function serve(shim: Shim, socket: Socket): void {
  const send = (message: FromShim): void => {
    if (!socket.writable) return;
    socket.write(`${JSON.stringify(message)}\n`);
    if (message.type === 'refused') socket.end();
    if (socket.writableLength > maxUnreadBytes) drop(`it left ${socket.writableLength} bytes unread`);
  };
  const connection = shim.attach(send);
  const drop = (reason: string): void => {
    shim.log(`a connection was dropped: ${reason}`);
    socket.destroy();
  };
  let rest = '';
  socket.setEncoding('utf8');
  socket.on('data', (chunk: Buffer | string) => {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const message = socket.destroyed ? null : parseMessage(line);
      if (message === null) {
        if (!socket.destroyed) drop('it sent a line that is no message');
        return;
      }
      if (message.type === 'not-understood') {
        shim.log(`a message was not understood: ${message.what}`);
        send(message);
      } else {
        connection.receive(message);
      }
    }
    if (rest.length > maxLineChars) drop(`it sent a line of more than ${maxLineChars} characters`);
  });
  socket.on('error', (error) => shim.log(`a connection broke: ${error.message}`));
  socket.on('close', () => connection.detach());
}
