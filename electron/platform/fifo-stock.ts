// FIFOs in one private folder, made ahead of need: mkfifo(1) makes many in one go, so that a spawn hardly ever waits for
// it. Each has a name only until it is opened.
import { spawn, spawnSync, type StdioOptions } from 'node:child_process';
import { closeSync, constants, openSync, unlinkSync } from 'node:fs';
import { errorCode } from '../../shared/model/failure.ts';
import type { PrivateFolder } from './private-folder.ts';

/** Both ends are close-on-exec. The read end does not block; the write end does, as a program expects of its stdout. */
export interface PipeEnds {
  readonly readFd: number;
  readonly writeFd: number;
}

export const fifoName = /^(\d+)-\d+\.fifo$/;

const batchSize = 64;
const lowWater = 16;
/** The number that the folder has in mkfifo. */
const folderFd = 3;

let fifosOfThisProcess = 0;

export class FifoStock {
  /** No FIFO can be made in this folder any more: it was removed, or its disk is full. */
  spent = false;
  private readonly ready: string[] = [];
  private refilling = false;
  private closed = false;

  constructor(
    private readonly folder: PrivateFolder,
    /** Removes the names that were not used. Called by `close`, and again if some were made a moment later. */
    private readonly onClosed: () => void,
  ) {
    this.refillAhead();
  }

  /** null when `spent`, or when there are no descriptors left, or there is no mkfifo. */
  take(): PipeEnds | null {
    const ends = this.takeReady();
    if (ends !== 'none') return ends;
    this.refillNow();
    const fresh = this.takeReady();
    return fresh === 'none' ? null : fresh;
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.folder.close();
    this.onClosed();
  }

  private takeReady(): PipeEnds | 'none' | null {
    for (let name = this.ready.pop(); name !== undefined; name = this.ready.pop()) {
      if (this.ready.length < lowWater) setImmediate(() => this.refillAhead());
      const ends = openBothEnds(this.folder.at(name));
      if (ends !== 'gone') return ends;
    }
    return 'none';
  }

  private refillAhead(): void {
    if (this.refilling || this.closed || this.spent) return;
    this.refilling = true;
    const { names, args, options } = this.batch();
    const child = spawn('mkfifo', args, options);
    // Without the program or without descriptors: whoever takes one finds out.
    child.once('error', () => (this.refilling = false));
    child.once('exit', (code) => {
      this.refilling = false;
      if (this.closed) this.onClosed();
      else if (code === 0) this.ready.push(...names);
    });
  }

  private refillNow(): void {
    const { names, args, options } = this.batch();
    const { status } = spawnSync('mkfifo', args, options);
    if (status === 0) this.ready.push(...names);
    // Without a status it did not even run.
    else this.spent = status !== null;
  }

  private batch(): { readonly names: readonly string[]; readonly args: readonly string[]; readonly options: { readonly stdio: StdioOptions } } {
    const names = Array.from({ length: batchSize }, () => `${process.pid}-${fifosOfThisProcess++}.fifo`);
    return { names, args: ['-m', '600', ...names.map((name) => this.folder.at(name, folderFd))], options: { stdio: ['ignore', 'ignore', 'ignore', this.folder.fd] } };
  }
}

/** The reader first and without blocking: then the writer's open finds a reader and returns at once (POSIX open()). */
function openBothEnds(name: string): PipeEnds | 'gone' | null {
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
  } catch (error) {
    // Out of descriptors: the caller has another way.
    return errorCode(error) === 'ENOENT' ? 'gone' : null;
  }
}
