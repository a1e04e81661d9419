// The file a log is written to at present: knows its size and where its last line begins, and never ends in the middle
// of a line because the disk was full.
import { closeSync, constants, fstatSync, ftruncateSync, mkdirSync, openSync, readSync, statSync, truncateSync, writeSync, type Stats } from 'node:fs';
import { dirname } from 'node:path';

const newline = 10;
const nothing = Buffer.alloc(0);

/** Without blocking: a log may be a FIFO or a terminal, and whoever should read there must not stop all services. */
const openFlags = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | (constants.O_NONBLOCK ?? 0);

/** What could not be written; `rest` begins a line, also when part of that line had been written before. */
export interface AppendFailure {
  readonly error: unknown;
  readonly rest: Buffer;
}

export class LiveFile {
  size: number;
  /** False for /dev/null, a terminal and the like, which are only written: never rotated, emptied or replaced. */
  readonly isRegular: boolean;
  /** Milliseconds since the epoch. */
  bornAt: number;
  private readonly fd: number;
  private readonly stats: Stats;
  private lineStart: number;

  /** Opens or makes the file (0600) and its folder (0700). Throws the system error. */
  constructor(
    private readonly path: string,
    now: number,
  ) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    this.fd = openSync(path, openFlags, 0o600);
    this.stats = fstatSync(this.fd);
    this.isRegular = this.stats.isFile();
    this.size = this.isRegular ? this.stats.size : 0;
    this.bornAt = this.size === 0 ? now : this.stats.birthtimeMs || this.stats.ctimeMs;
    this.lineStart = this.size;
    // What a crash cut off must not run into the next line.
    if (this.size > 0 && this.read(this.size - 1, 1)[0] !== newline) this.append(Buffer.of(newline));
  }

  get endsWithWholeLine(): boolean {
    return this.lineStart === this.size;
  }

  /** null when everything was written. */
  append(bytes: Buffer): AppendFailure | null {
    let written = 0;
    try {
      while (written < bytes.length) written += writeSync(this.fd, bytes, written, bytes.length - written);
      this.advance(bytes);
      return null;
    } catch (error) {
      this.advance(bytes.subarray(0, written));
      return { error, rest: Buffer.concat([this.takeBackUnfinished(), bytes.subarray(written)]) };
    }
  }

  /** False when the path names another file by now, or none. True when the system does not tell. */
  isStillAtItsPath(): boolean {
    if (!this.isRegular) return true;
    try {
      const current = statSync(this.path, { throwIfNoEntry: false });
      return current?.ino === this.stats.ino && current.dev === this.stats.dev;
    } catch {
      // A folder on the way may not be entered any more: what is open can still be written.
      return true;
    }
  }

  /** Throws the system error. */
  empty(now: number): void {
    if (!this.isRegular) return;
    ftruncateSync(this.fd, 0);
    this.size = 0;
    this.lineStart = 0;
    this.bornAt = now;
  }

  close(): void {
    closeSync(this.fd);
  }

  private advance(written: Buffer): void {
    const end = written.lastIndexOf(newline) + 1;
    if (end > 0) this.lineStart = this.size + end;
    this.size += written.length;
    // Nothing is known of the lines of a terminal, and nothing can be taken back from it.
    if (!this.isRegular) this.lineStart = this.size;
  }

  private takeBackUnfinished(): Buffer {
    if (this.endsWithWholeLine) return nothing;
    try {
      const unfinished = this.read(this.lineStart, this.size - this.lineStart);
      ftruncateSync(this.fd, this.lineStart);
      this.size = this.lineStart;
      return unfinished;
    } catch {
      // A disk that cannot even be read: the line stays cut, and gets its newline when the file is opened again.
      return nothing;
    }
  }

  private read(position: number, length: number): Buffer {
    const bytes = Buffer.alloc(length);
    return bytes.subarray(0, readSync(this.fd, bytes, 0, length, position));
  }
}

/** Of a file that nobody has open here, if it exists. What is no regular file has nothing to empty. Throws the system error. */
export function emptyFile(path: string): void {
  const stats = statSync(path, { throwIfNoEntry: false });
  // Of a folder the system says why it cannot be emptied.
  if (stats !== undefined && (stats.isFile() || stats.isDirectory())) truncateSync(path, 0);
}
