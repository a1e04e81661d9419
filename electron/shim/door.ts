// Where supervisors find this shim: a private socket. One that vanishes (a cleaner of temporary files, a hasty rm) is bound anew, and who is
// connected stays connected. Nothing is ended for a missing socket.
import { chmodSync, mkdirSync, renameSync, rmSync, statSync, unlinkSync } from 'node:fs';
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import path from 'node:path';
import { errorCode, errorMessage, Failure } from '../../shared/model/failure.ts';
import { checkSocket } from '../platform/trust/check-socket.ts';
import { shimInJournal } from './journal.ts';

const refreshLooks = 5;

/**
 * `gone`: the home was removed, nobody can come any more. `taken`: another shim serves the home, and has services; or this one has none.
 */
export type DoorState = 'ours' | 'gone' | 'taken';

export interface DoorOptions {
  readonly home: string;
  /** The journal at the socket's side: it tells who else is here, and what he has. */
  readonly journal: () => string;
  readonly busy: () => boolean;
  readonly log: (text: string) => void;
  /** The socket was bound anew: other files may be missing as well. */
  readonly rebound: () => void;
}

export interface Door {
  /** Whoever connects from now on; to be called in the turn in which it was claimed, before a connection can have come. */
  serve(options: DoorOptions, take: (socket: Socket) => void): void;
  /** Looks, and mends what is missing. */
  look(): DoorState;
  path(): string;
  /** The place of a shim that is gone. Throws the system error. */
  moveTo(path: string): void;
  /** Listens no more, and removes the socket if it is this one's. */
  close(): void;
}

/**
 * Claims the socket. Throws a Failure when another shim serves this home, or when its place may be somebody else's, and the system
 * error when the socket cannot be made.
 */
export async function claimSocket(socketPath: string): Promise<Door> {
  makeFolder(socketPath);
  checkSocket(socketPath);
  const server = createServer();
  if (!(await bound(server, socketPath))) {
    if (await isServed(socketPath)) throw new Failure('failed', `another shim serves ${socketPath}`);
    unlinkSync(socketPath);
    if (!(await bound(server, socketPath))) throw new Failure('failed', `another shim serves ${socketPath}`);
  }
  return createDoor(server, socketPath);
}

function createDoor(first: Server, socketPath: string): Door {
  let server = first;
  let place = socketPath;
  let identity = identify(place);
  let options: DoorOptions | null = null;
  let take: (socket: Socket) => void = (socket) => void socket.destroy();
  let isTaken = false;
  let isAsking = false;
  /** Looks after which the other files are written once more: whoever was here may have been about to write his own. */
  let refreshes = 0;
  let trouble = '';
  watch(server);

  /** Once for as long as it lasts. */
  function complain(text: string): void {
    if (trouble !== text) options?.log(text);
    trouble = text;
  }

  function watch(one: Server): void {
    one.on('connection', (socket) => take(socket));
    one.on('error', (error) => options?.log(`socket: ${error.message}`));
  }

  /** The old server is closed first: with that its path is removed, whoever has it. So not before its folder is known to be ours. */
  function rebind(at: string): boolean {
    makeFolder(at);
    checkSocket(at);
    server.close();
    server = createServer();
    watch(server);
    listenPrivately(server, at);
    return server.listening;
  }

  function bindAnew(): void {
    try {
      if (!rebind(place)) return;
      identity = identify(place);
      options?.log(`${place} was missing: it is bound anew`);
      refreshes = refreshLooks;
    } catch (error) {
      complain(`${place} cannot be bound anew: ${errorMessage(error)}`);
    }
  }

  /** Beside the place and then over it, because a stranger's socket is there; the name is as short as that of any socket of a home. */
  function takeBack(): void {
    try {
      const beside = path.join(path.dirname(place), `.s${process.pid.toString(36)}`);
      if (!rebind(beside)) return;
      renameSync(beside, place);
      identity = identify(place);
      options?.log(`${place} was another's, who has no services: it is taken back`);
      refreshes = refreshLooks;
    } catch (error) {
      complain(`${place} cannot be taken back: ${errorMessage(error)}`);
    }
  }

  async function meetStranger(known: DoorOptions): Promise<void> {
    isAsking = true;
    const answers = isOurs(place) && (await isServed(place));
    isAsking = false;
    const here = identify(place);
    if (here === null || here === identity) return;
    const other = shimInJournal(known.journal());
    const hasServices = other !== null && other.pid !== process.pid && other.hasServices;
    isTaken = answers && (hasServices || !known.busy());
    if (!isTaken) takeBack();
  }

  return {
    serve(known, taker) {
      options = known;
      take = taker;
    },
    path: () => place,
    look() {
      // A named pipe lives and dies with its server.
      if (process.platform === 'win32' || options === null) return 'ours';
      const here = identify(place);
      if (here === null && identify(options.home) === null) return 'gone';
      if (here === null) bindAnew();
      else if (here !== identity && !isAsking) void meetStranger(options);
      if (here === null || here === identity) isTaken = false;
      if (refreshes > 0) {
        refreshes -= 1;
        options.rebound();
      }
      return isTaken ? 'taken' : 'ours';
    },
    moveTo(next) {
      renameSync(place, next);
      place = next;
    },
    close() {
      // To close it removes whatever is at its path.
      if (process.platform !== 'win32' && identify(place) !== identity) return;
      server.close();
      if (process.platform !== 'win32') rmSync(place, { force: true });
    },
  };
}

/** Names one file for ever: an inode's number is used again at once, the moment of its birth is not. */
function identify(file: string): string | null {
  try {
    const found = statSync(file, { throwIfNoEntry: false, bigint: true });
    return found === undefined ? null : `${found.dev}:${found.ino}:${found.birthtimeNs}`;
  } catch {
    // A folder on the way is gone.
    return null;
  }
}

/** To whoever else may be behind it not a word is said. */
function isOurs(socketPath: string): boolean {
  try {
    checkSocket(socketPath);
    return true;
  } catch {
    return false;
  }
}

function makeFolder(socketPath: string): void {
  if (process.platform !== 'win32') mkdirSync(path.dirname(socketPath), { recursive: true, mode: 0o700 });
}

/** False when somebody has the place. Throws the system error otherwise. */
function bound(server: Server, socketPath: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const failed = (error: Error): void => (errorCode(error) === 'EADDRINUSE' ? resolve(false) : reject(error));
    server.once('error', failed);
    server.once('listening', () => {
      server.off('error', failed);
      resolve(true);
    });
    listenPrivately(server, socketPath);
  });
}

/** The socket is bound inside `listen`, so the mask holds for it and for nothing a child inherits. */
function listenPrivately(server: Server, socketPath: string): void {
  const mask = process.umask(0o177);
  server.listen(socketPath);
  process.umask(mask);
  if (process.platform !== 'win32' && server.listening) chmodSync(socketPath, 0o600);
}

function isServed(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createConnection(socketPath, () => {
      probe.destroy();
      resolve(true);
    });
    probe.once('error', (error) => resolve(errorCode(error) === 'EAGAIN'));
  });
}
