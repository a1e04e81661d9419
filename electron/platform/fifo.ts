// Named pipes (FIFOs). Node gives children socket pairs, at twice the cost per byte of a pipe; a program cannot open those
// again either (/dev/stderr, /proc/self/fd/1).
import { Socket, type OnReadOpts, type SocketConstructorOpts } from 'node:net';
import { FifoStock, type PipeEnds } from './fifo-stock.ts';
import { PrivateFolder } from './private-folder.ts';
import { pidExists } from './process-identity.ts';
import { makeScratchFolder, removeFifosOf, removeScratchFolder, removeScratchLeftovers, type SetMark } from './scratch-folder.ts';

export interface FifoPool {
  /** A fresh pipe that has no name any more, or null where FIFOs cannot be had (Windows, Bun, no mkfifo, no descriptors). */
  take(): PipeEnds | null;
  /** Removes the names that were not used. */
  close(): void;
}

/**
 * `folder` must be private. It holds the marks of folders in memory, and FIFOs where there is no file system in memory.
 * What processes that were killed left behind is removed.
 */
export function createFifoPool(folder: string, setMark: SetMark): FifoPool {
  if (process.platform === 'win32' || process.versions['bun'] !== undefined) return { take: () => null, close: () => undefined };
  removeFifosOf(folder, (pid) => !pidExists(pid));
  removeScratchLeftovers(folder);

  const inMemory = (): FifoStock | null => {
    const scratch = makeScratchFolder(setMark);
    return scratch === null ? null : new FifoStock(scratch, () => removeScratchFolder(scratch.path, setMark));
  };
  const inHome = (): FifoStock | null => {
    const home = PrivateFolder.open(folder);
    return home === null ? null : new FifoStock(home, () => removeFifosOf(folder, (pid) => pid === process.pid));
  };

  let stock = inMemory() ?? inHome();
  return {
    take() {
      // A folder in memory may be removed at any time (RemoveIPC of systemd-logind, cleaners): then there is another one.
      for (const next of [() => stock, inMemory, inHome]) {
        if (stock?.spent === true) {
          stock.close();
          stock = null;
        }
        stock ??= next();
        const ends = stock?.take() ?? null;
        if (ends !== null || stock?.spent === false) return ends;
      }
      return null;
    },
    close: () => stock?.close(),
  };
}

export interface PipeReader {
  pause(paused: boolean): void;
  close(): void;
}

/**
 * Reads a pipe into `area`, which readers may share: `onBytes` must be done with it when it returns. `onEnd` comes
 * once, after the last writer has closed its end; the descriptor is closed by then.
 */
export function readPipe(readFd: number, area: Buffer, onBytes: (length: number) => void, onEnd: () => void): PipeReader {
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
  return {
    pause: (paused) => void (paused ? socket.pause() : socket.resume()),
    close: () => socket.destroy(),
  };
}
