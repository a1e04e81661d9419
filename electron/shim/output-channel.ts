// One pipe of an instance with both its ends: children get the write end, which stays open here for the next of them.
import { closeSync, readSync } from 'node:fs';
import { readPipe, type PipeReader } from '../platform/fifo.ts';
import type { PipeEnds } from '../platform/fifo-stock.ts';
import { intake } from './line-assembler.ts';

/** A pipe holds 64 KiB; more can only come from a member of the group that lives on, and is read in its turn. */
const maxDrainReads = 4;

export class OutputChannel {
  readonly writeFd: number;
  private readonly readFd: number;
  private reader: PipeReader | null = null;
  private accept: (length: number) => void = () => undefined;
  private writeEndOpen = true;
  private ended = false;

  constructor(
    ends: PipeEnds,
    /** The last writer has closed its end; only after `closeWriteEnd`. */
    private readonly onEnd: () => void,
  ) {
    this.writeFd = ends.writeFd;
    this.readFd = ends.readFd;
  }

  get isOpen(): boolean {
    return this.reader !== null && !this.ended;
  }

  /** From now on bytes are read into `intake` and announced. */
  begin(accept: (length: number) => void): void {
    this.accept = accept;
    this.reader ??= readPipe(this.readFd, intake, (length) => this.accept(length), () => this.end());
  }

  /** The writer waits when the pipe is full. */
  pause(paused: boolean): void {
    if (!this.ended) this.reader?.pause(paused);
  }

  /** Takes what is in the pipe at this moment. */
  drain(): void {
    for (let reads = 0; reads < maxDrainReads && this.isOpen; reads += 1) {
      const length = this.readNow();
      if (length === 0) return;
      this.accept(length);
    }
  }

  closeWriteEnd(): void {
    if (this.writeEndOpen) closeSync(this.writeFd);
    this.writeEndOpen = false;
    if (this.reader === null && !this.ended) closeSync(this.readFd);
    if (this.reader === null) this.ended = true;
  }

  close(): void {
    this.drain();
    this.closeWriteEnd();
    this.reader?.close();
  }

  private readNow(): number {
    try {
      return readSync(this.readFd, intake, 0, intake.length, null);
    } catch {
      // EAGAIN: the pipe is empty.
      return 0;
    }
  }

  private end(): void {
    this.ended = true;
    this.onEnd();
  }
}
