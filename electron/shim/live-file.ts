// The file a log is written to at present: knows its size and where its last line begins, and never ends in the middle
// of a line because the disk was full. Its owner does one thing with it at a time.
import { constants, type Stats } from 'node:fs';
import { lstat, type FileHandle } from 'node:fs/promises';
import nodePath from 'node:path';
import { errorCode } from '../../shared/model/failure.ts';
import { makeFolder } from '../platform/home.ts';
import { deviceName } from '../platform/mounts.ts';
import { resolveLinks } from '../platform/resolve-links.ts';
import { openTrusted } from '../platform/trust/open-trusted.ts';
import type { Disk } from './disk.ts';

const newline = 10;
const nothing = Buffer.alloc(0);

/** Without blocking: a log may be a FIFO or a terminal, and whoever should read there must not stop anything. */
const openFlags = constants.O_RDWR | constants.O_APPEND | (constants.O_NONBLOCK ?? 0);

/** What could not be written; `rest` begins a line, also when part of that line had been written before. */
export interface AppendFailure {
  readonly error: unknown;
  readonly rest: Buffer;
}

export class LiveFile {
  size: number;
  /** Milliseconds since the epoch. */
  bornAt: number;
  private lineStart: number;
  private readonly device: string;

  private constructor(
    /** Where the configured path leads. */
    readonly path: string,
    private readonly configured: string,
    private readonly handle: FileHandle,
    private readonly stats: Stats,
    private readonly disk: Disk,
    now: number,
  ) {
    this.size = this.isRegular ? stats.size : 0;
    this.bornAt = this.size === 0 ? now : stats.birthtimeMs || stats.ctimeMs;
    this.lineStart = this.size;
    this.device = process.platform === 'linux' ? deviceName(stats.dev) : disk.deviceOf(path);
  }

  /** Opens or makes the file (0600) and its folder (0700). Links of ours are followed. Throws a Failure for what others may have put there, and the system error. */
  static async open(configured: string, disk: Disk, now: number): Promise<LiveFile> {
    const file = await resolveLog(configured, disk);
    return await disk.run(file, async () => {
      await makeFolder(nodePath.dirname(file));
      const { handle, stats } = await openTrusted(file, openFlags, true);
      try {
        const live = new LiveFile(file, configured, handle, stats, disk, now);
        await live.endCutLine();
        return live;
      } catch (error) {
        await handle.close();
        throw error;
      }
    });
  }

  /** False for /dev/null, a terminal and the like, which are only written: never rotated, emptied or replaced. */
  get isRegular(): boolean {
    return this.stats.isFile() && mayBeRotated(this.path);
  }

  get endsWithWholeLine(): boolean {
    return this.lineStart === this.size;
  }

  /** null when everything was written. */
  async append(bytes: Buffer): Promise<AppendFailure | null> {
    let written = 0;
    try {
      while (written < bytes.length) {
        const from = written;
        written += (await this.disk.runOn(this.device, () => this.handle.write(bytes, from, bytes.length - from))).bytesWritten;
      }
      this.advance(bytes);
      return null;
    } catch (error) {
      this.advance(bytes.subarray(0, written));
      return { error, rest: Buffer.concat([await this.takeBackUnfinished(), bytes.subarray(written)]) };
    }
  }

  /** False when the path names another file by now, or none. True when the system does not tell. */
  async isStillAtItsPath(): Promise<boolean> {
    if (!this.isRegular) return true;
    try {
      const current = await this.disk.runOn(this.device, () => lstat(this.path));
      if (current.ino !== this.stats.ino || current.dev !== this.stats.dev) return false;
      return this.configured === this.path || (await resolveLog(this.configured, this.disk)) === this.path;
    } catch (error) {
      // A folder on the way may not be entered any more: what is open can still be written. What has no code is a link that is not followed.
      const code = errorCode(error);
      return code !== undefined && code !== 'ENOENT';
    }
  }

  /** Throws the system error. */
  async empty(now: number): Promise<void> {
    if (!this.isRegular) return;
    await this.disk.runOn(this.device, () => this.handle.truncate(0));
    this.size = 0;
    this.lineStart = 0;
    this.bornAt = now;
  }

  async close(): Promise<void> {
    await this.disk.runOn(this.device, () => this.handle.close());
  }

  /** What a crash cut off must not run into the next line. */
  private async endCutLine(): Promise<void> {
    if (this.size === 0 || (await this.read(this.size - 1, 1))[0] === newline) return;
    await this.handle.write(Buffer.of(newline));
    this.size += 1;
    this.lineStart = this.size;
  }

  private advance(written: Buffer): void {
    const end = written.lastIndexOf(newline) + 1;
    if (end > 0) this.lineStart = this.size + end;
    this.size += written.length;
    // Nothing is known of the lines of a terminal, and nothing can be taken back from it.
    if (!this.isRegular) this.lineStart = this.size;
  }

  private async takeBackUnfinished(): Promise<Buffer> {
    if (this.endsWithWholeLine) return nothing;
    try {
      return await this.disk.runOn(this.device, async () => {
        const unfinished = await this.read(this.lineStart, this.size - this.lineStart);
        await this.handle.truncate(this.lineStart);
        this.size = this.lineStart;
        return unfinished;
      });
    } catch {
      // A disk that cannot even be read: the line stays cut, and gets its newline when the file is opened again.
      return nothing;
    }
  }

  private async read(position: number, length: number): Promise<Buffer> {
    const { buffer, bytesRead } = await this.handle.read(Buffer.alloc(length), 0, length, position);
    return buffer.subarray(0, bytesRead);
  }
}

/** Where a log's path leads: a link to a file of ours, or to a terminal, is followed. Throws an Error. */
export function resolveLog(configured: string, disk: Disk): Promise<string> {
  return resolveLinks(configured, (file, look) => disk.run(file, look));
}

/** Devices and descriptors of processes are written to, whatever is behind them, and neither renamed nor emptied. */
export function mayBeRotated(file: string): boolean {
  return !/^\/(dev|proc|sys)\//.test(file) || file.startsWith('/dev/shm/');
}

/** Of a file that nobody has open here, if it exists. What is no regular file has nothing to empty. Throws as `open`. */
export async function emptyFile(file: string, disk: Disk): Promise<void> {
  await disk.run(file, async () => {
    const opened = await openTrusted(file, constants.O_RDWR | (constants.O_NONBLOCK ?? 0)).catch((error: unknown) => {
      if (errorCode(error) === 'ENOENT') return null;
      throw error;
    });
    if (opened === null) return;
    try {
      if (opened.stats.isFile()) await opened.handle.truncate(0);
    } finally {
      await opened.handle.close();
    }
  });
}
