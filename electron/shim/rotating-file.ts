// A live file and its rotated ones: takes whole lines, and rotates between them. One thing is done at a time.
import type { Clock } from '../../shared/model/clock.ts';
import type { Compressor } from './compressor.ts';
import type { Disk } from './disk.ts';
import { emptyFile, LiveFile, mayBeRotated, resolveLog, type AppendFailure } from './live-file.ts';
import { RotatedFiles } from './rotated-files.ts';
import { describeWriteError } from './write-error.ts';

/** How often a live file is compared with its path and its age limit. */
const checkMs = 1000;
/** After a rotation that was impossible. */
const rotateAgainMs = 10_000;
const newline = 10;

export interface LogFileRules {
  readonly maxSizeBytes: number;
  readonly maxFiles: number;
  readonly maxAgeMs: number | null;
  readonly compress: boolean;
}

export interface FileServices {
  readonly clock: Clock;
  readonly disk: Disk;
  readonly compressor: Compressor;
  readonly log: (text: string) => void;
}

export class RotatingFile {
  private rotated: RotatedFiles | null = null;
  private live: LiveFile | null = null;
  private checkedAt = 0;
  private mayRotateAt = 0;

  constructor(
    private readonly path: string,
    public rules: LogFileRules,
    private readonly services: FileServices,
  ) {}

  get isOpen(): boolean {
    return this.live !== null;
  }

  /** Bytes that this file can still take before it is rotated; what is not opened yet counts as empty. */
  get space(): number {
    return this.live?.isRegular === false ? Number.POSITIVE_INFINITY : this.rules.maxSizeBytes - (this.live?.size ?? 0);
  }

  get endsWithWholeLine(): boolean {
    return this.live?.endsWithWholeLine ?? true;
  }

  /** Not before there is something to write: most services never write to one of their two logs. Throws the system error. */
  async open(): Promise<LiveFile> {
    if (this.live !== null) return this.live;
    const { clock, disk, compressor } = this.services;
    this.live = await LiveFile.open(this.path, disk, clock.now());
    this.checkedAt = clock.elapsed();
    if (this.rotated?.live !== this.live.path) this.rotated = new RotatedFiles(this.live.path, compressor, disk);
    return this.live;
  }

  /** null when everything was written. A line that is longer than the file may be has a file of its own. */
  async write(bytes: Buffer): Promise<AppendFailure | null> {
    let rest = bytes;
    try {
      await this.checkNowAndThen();
      while (rest.length > 0) {
        const live = await this.open();
        const cut = await this.fitting(live, rest);
        if (cut === 0) continue;
        const failure = await live.append(rest.subarray(0, cut));
        rest = rest.subarray(cut);
        if (failure !== null) return { error: failure.error, rest: Buffer.concat([failure.rest, rest]) };
      }
      return null;
    } catch (error) {
      return { error, rest };
    }
  }

  /** Follows a file that was moved away or removed, and keeps the age limit. Waits for the end of a line with both. */
  async check(): Promise<void> {
    const { clock } = this.services;
    const { live } = this;
    const { maxAgeMs } = this.rules;
    this.checkedAt = clock.elapsed();
    if (live === null || !live.isRegular) return;
    if (live.endsWithWholeLine) {
      // Ages are measured against the times that files have on the disk, so by the wall clock.
      const isOld = maxAgeMs !== null && live.size > 0 && clock.now() - live.bornAt > maxAgeMs;
      if (!(await live.isStillAtItsPath())) await this.close();
      else if (isOld) await this.rotate();
    }
    if (maxAgeMs !== null) await this.removeOlderThan(clock.now() - maxAgeMs);
  }

  /** Empties the live file, open or not, and removes the rotated ones. Throws the system error. */
  async flush(): Promise<void> {
    const { disk, compressor, clock } = this.services;
    const file = this.live?.path ?? (await resolveLog(this.path, disk));
    if (!mayBeRotated(file)) return;
    await (this.rotated?.live === file ? this.rotated : new RotatedFiles(file, compressor, disk)).clear();
    if (this.live !== null) await this.live.empty(clock.now());
    else await emptyFile(file, disk);
  }

  async close(): Promise<void> {
    const { live } = this;
    this.live = null;
    // What was written is written; there is nothing else to do for whoever wrote it.
    await live?.close().catch((error: unknown) => this.services.log(`${this.path}: ${describeWriteError(error)}`));
  }

  private async checkNowAndThen(): Promise<void> {
    if (this.live !== null && this.services.clock.elapsed() - this.checkedAt >= checkMs) await this.check();
  }

  /** How many of these bytes go into the live file. 0: there is another one now. */
  private async fitting(live: LiveFile, bytes: Buffer): Promise<number> {
    const { space } = this;
    if (bytes.length <= space) return bytes.length;
    const end = space > 0 ? bytes.lastIndexOf(newline, space - 1) + 1 : 0;
    if (end > 0) return end;
    if (live.size === 0 || !live.endsWithWholeLine) return bytes.indexOf(newline) + 1 || bytes.length;
    return (await this.rotate()) ? 0 : bytes.length;
  }

  /** False when that is impossible: the file grows on. */
  private async rotate(): Promise<boolean> {
    const now = this.services.clock.elapsed();
    if (now < this.mayRotateAt || this.rotated === null) return false;
    try {
      await this.rotated.push(this.rules.maxFiles, this.rules.compress);
    } catch (error) {
      this.services.log(`${this.path} cannot be rotated: ${describeWriteError(error)}`);
      this.mayRotateAt = now + rotateAgainMs;
      return false;
    }
    await this.close();
    return true;
  }

  private async removeOlderThan(time: number): Promise<void> {
    try {
      await this.rotated?.removeOlderThan(time);
    } catch (error) {
      // Tried again with the next check.
      this.services.log(`old files of ${this.path} cannot be removed: ${describeWriteError(error)}`);
    }
  }
}
