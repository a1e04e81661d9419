// Named pipes (FIFOs). Node gives children socket pairs, at twice the cost per byte of a pipe, and has no call for a
// pipe; mkfifo(1) makes many in one go, ahead of need, so that a spawn never waits for it.
import { execFile, spawnSync } from 'node:child_process';
import { closeSync, constants, mkdirSync, openSync, readdirSync, rmSync, unlinkSync } from 'node:fs';
import { Socket, type OnReadOpts, type SocketConstructorOpts } from 'node:net';
import path from 'node:path';
import { errorCode } from '../../shared/model/failure.ts';
import { pidExists } from './process-identity.ts';

/** Both ends are close-on-exec. The read end does not block; the write end does, as a program expects of its stdout. */
export interface PipeEnds {
  readonly readFd: number;
  readonly writeFd: number;
}

export interface FifoPool {
  /** A fresh pipe that has no name any more, or null where FIFOs cannot be had (Windows, Bun, no mkfifo, no descriptors). */
  take(): PipeEnds | null;
  /** Removes the names that were not used. */
  close(): void;
}

const batchSize = 64;
const lowWater = 16;
const suffix = '.fifo';

let poolsOfThisProcess = 0;

/**
 * `folder` must exist and be private; it is used where there is no file system in memory, in which a FIFO costs a
 * hundredth of what it costs on a disk. What processes that were killed left behind is removed.
 */
export function createFifoPool(folder: string): FifoPool {
  if (process.platform === 'win32' || process.versions['bun'] !== undefined) return { take: () => null, close: () => undefined };
  removeLeftovers(folder);
  const memoryFolder = makeMemoryFolder();
  const ready: string[] = [];
  let counter = 0;
  let refilling = false;
  let closed = false;
  let unavailable = false;

  function nextNames(): string[] {
    return Array.from({ length: batchSize }, () => path.join(memoryFolder ?? folder, `${process.pid}-${counter++}${suffix}`));
  }

  function refillAhead(): void {
    if (refilling || closed || unavailable) return;
    refilling = true;
    const names = nextNames();
    execFile('mkfifo', ['-m', '600', ...names], (error) => {
      refilling = false;
      if (closed) names.forEach(removeName);
      if (closed && memoryFolder !== null) rmSync(memoryFolder, { recursive: true, force: true });
      else if (error === null) ready.push(...names);
    });
  }

  function refillNow(): void {
    const names = nextNames();
    const { status, error } = spawnSync('mkfifo', ['-m', '600', ...names], { stdio: 'ignore' });
    if (status === 0) ready.push(...names);
    unavailable = errorCode(error) === 'ENOENT';
  }

  refillAhead();
  return {
    take() {
      if (ready.length === 0 && !unavailable) refillNow();
      const name = ready.pop();
      if (ready.length < lowWater) setImmediate(refillAhead);
      return name === undefined ? null : openBothEnds(name);
    },
    close() {
      closed = true;
      ready.splice(0).forEach(removeName);
      if (memoryFolder !== null && !refilling) rmSync(memoryFolder, { recursive: true, force: true });
    },
  };
}

function removeName(name: string): void {
  rmSync(name, { force: true });
}

/** The reader first and without blocking: then the writer's open finds a reader and returns at once (POSIX open()). */
function openBothEnds(name: string): PipeEnds | null {
  try {
    const readFd = openSync(name, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      return { readFd, writeFd: openSync(name, constants.O_WRONLY) };
    } catch (error) {
      closeSync(readFd);
      throw error;
    } finally {
      unlinkSync(name);
    }
  } catch {
    // Out of descriptors, or the name was removed by someone: the caller has another way.
    return null;
  }
}

/** null where there is none. The name says whose it is: user, process, pool. */
function makeMemoryFolder(): string | null {
  if (process.platform !== 'linux' || process.getuid === undefined) return null;
  const parent = '/dev/shm';
  const prefix = `tspm-${process.getuid()}-`;
  try {
    for (const name of readdirSync(parent)) {
      const pid = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : process.pid;
      if (!pidExists(pid)) rmSync(path.join(parent, name), { recursive: true, force: true });
    }
    const folder = path.join(parent, `${prefix}${process.pid}-${poolsOfThisProcess++}`);
    rmSync(folder, { recursive: true, force: true });
    // Fails when somebody else has taken the name.
    mkdirSync(folder, { mode: 0o700 });
    return folder;
  } catch {
    // No such file system, or no right to write there: the disk will do.
    return null;
  }
}

function removeLeftovers(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (name.endsWith(suffix) && !pidExists(Number.parseInt(name, 10))) removeName(path.join(folder, name));
  }
}

/**
 * Reads a pipe into `area`, which readers may share: `onBytes` must be done with it when it returns. `onEnd` comes
 * once, after the last writer has closed its end; the descriptor is closed by then.
 */
export function readPipe(readFd: number, area: Buffer, onBytes: (length: number) => void, onEnd: () => void): { close(): void } {
  // `onread` is documented for connect() and read by the constructor: without it every chunk would be a new buffer.
  const options: SocketConstructorOpts & { onread: OnReadOpts } = {
    fd: readFd,
    readable: true,
    writable: false,
    onread: {
      buffer: area,
      callback(length) {
        onBytes(length);
        return true;
      },
    },
  };
  const socket = new Socket(options);
  // A read error ends the pipe like an end of file does: 'close' follows.
  socket.on('error', () => socket.destroy());
  socket.on('close', onEnd);
  return { close: () => socket.destroy() };
}
