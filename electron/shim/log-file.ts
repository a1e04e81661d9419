// One log: takes encoded lines, rotates at line boundaries, and keeps the newest output in memory while the disk
// refuses it. Nothing here throws into the path of a service's output.
import type { Clock, Timer } from '../../shared/model/clock.ts';
import { Backlog, type BacklogBudget } from './backlog.ts';
import type { Compressor } from './compressor.ts';
import { maxLineBytes } from './line-assembler.ts';
import { emptyFile, LiveFile } from './live-file.ts';
import { RotatedFiles } from './rotated-files.ts';
import { describeWriteError, lossNote } from './write-error.ts';

/** How often a refusing disk is asked again, and a live file compared with its path and its age limit. */
const retryMs = 1000;
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

export interface LogFileServices {
  readonly clock: Clock;
  readonly compressor: Compressor;
  readonly budget: BacklogBudget;
  readonly log: (text: string) => void;
}

/** `onLoss`: writing has stopped, or (once per second at most) more was lost since. */
export interface LogFileListener {
  onLoss(reason: string): void;
  onResumed(): void;
  /** A line of TSPM's own, in the format of the file. */
  note(text: string): Buffer;
}

interface Stall {
  readonly backlog: Backlog;
  readonly reason: string;
  readonly timer: Timer;
}

export class LogFile {
  private readonly writers = new Set<LogFileListener>();
  private readonly rotated: RotatedFiles;
  private live: LiveFile | null = null;
  private stall: Stall | null = null;
  private settled = { bytes: 0, lines: 0 };
  private toldBytes: number | null = null;
  /** What happens during a retry is told at its end. */
  private retrying = false;
  private checkedAt = 0;
  private mayRotateAt = 0;

  constructor(
    readonly path: string,
    public rules: LogFileRules,
    private readonly services: LogFileServices,
  ) {
    this.rotated = new RotatedFiles(path, services.compressor);
  }

  join(writer: LogFileListener): void {
    this.writers.add(writer);
    if (this.stall !== null) writer.onLoss(this.stall.reason);
  }

  leave(writer: LogFileListener): void {
    this.writers.delete(writer);
  }

  isLastWriter(writer: LogFileListener): boolean {
    return this.writers.size === 1 && this.writers.has(writer);
  }

  /** An unfinished line may be written when nobody else writes here, and when it will surely end in this file. */
  takesPartialLines(): boolean {
    this.openWhenNeeded();
    return this.writers.size <= 1 && (this.live?.size ?? 0) + 3 * maxLineBytes <= this.limit;
  }

  /** Totals since this object was made. */
  get lost(): { readonly bytes: number; readonly lines: number } {
    const backlog = this.stall?.backlog;
    return { bytes: this.settled.bytes + (backlog?.lostBytes ?? 0), lines: this.settled.lines + (backlog?.lostLines ?? 0) };
  }

  /** The bytes are written or copied when it returns. A line that is longer than the file may be has a file of its own. */
  write(bytes: Buffer): void {
    this.openWhenNeeded();
    if (this.services.clock.elapsed() - this.checkedAt >= checkMs) this.check();
    let rest = bytes;
    while (rest.length > 0 && this.live !== null && this.live.size + rest.length > this.limit) {
      const space = this.limit - this.live.size;
      const end = space > 0 ? rest.lastIndexOf(newline, space - 1) + 1 : 0;
      if (end === 0 && this.live.size > 0 && this.live.endsWithWholeLine) {
        if (this.rotate()) continue;
        break;
      }
      const cut = end > 0 ? end : rest.indexOf(newline) + 1 || rest.length;
      this.append(rest.subarray(0, cut));
      rest = rest.subarray(cut);
    }
    if (rest.length > 0) this.append(rest);
  }

  /** Empties the log and removes the rotated files. Throws the system error. */
  flush(): void {
    this.rotated.clear();
    this.stall?.backlog.clear();
    if (this.live !== null) this.live.empty(this.services.clock.now());
    else emptyFile(this.path);
  }

  /** Follows a file that was moved away or removed, and keeps the age limit. Waits for the end of a line with both. */
  check(): void {
    const now = this.services.clock.now();
    this.checkedAt = this.services.clock.elapsed();
    const { maxAgeMs } = this.rules;
    if (this.live === null || !this.live.isRegular) return;
    if (this.live.endsWithWholeLine) {
      if (!this.live.isStillAtItsPath()) this.open();
      else if (maxAgeMs !== null && this.live.size > 0 && now - this.live.bornAt > maxAgeMs) this.rotate();
    }
    if (maxAgeMs !== null) this.removeOlderThan(now - maxAgeMs);
  }

  /** After a last try for what waits in memory. */
  close(): void {
    if (this.stall !== null) this.retry(this.stall);
    this.stall?.timer.cancel();
    this.stall?.backlog.clear();
    this.live?.close();
    this.live = null;
  }

  private get limit(): number {
    return this.live?.isRegular === true ? this.rules.maxSizeBytes : Number.POSITIVE_INFINITY;
  }

  /** Not before there is something to write: most services never write to one of their two logs. */
  private openWhenNeeded(): void {
    if (this.live === null && this.stall === null) this.open();
  }

  private open(): void {
    this.live?.close();
    this.live = null;
    try {
      this.live = new LiveFile(this.path, this.services.clock.now());
      this.checkedAt = this.services.clock.elapsed();
    } catch (error) {
      this.stop(describeWriteError(error), new Backlog(this.services.budget));
    }
  }

  private removeOlderThan(time: number): void {
    try {
      this.rotated.removeOlderThan(time);
    } catch (error) {
      // Tried again with the next check.
      this.services.log(`old files of ${this.path} cannot be removed: ${describeWriteError(error)}`);
    }
  }

  /** False when that is impossible: the file grows on. */
  private rotate(): boolean {
    const now = this.services.clock.elapsed();
    if (now < this.mayRotateAt) return false;
    try {
      this.rotated.push(this.rules.maxFiles, this.rules.compress);
    } catch (error) {
      this.services.log(`${this.path} cannot be rotated: ${describeWriteError(error)}`);
      this.mayRotateAt = now + rotateAgainMs;
      return false;
    }
    this.open();
    return true;
  }

  private append(bytes: Buffer): void {
    if (this.live === null) {
      this.stall?.backlog.push(bytes);
      return;
    }
    const failure = this.live.append(bytes);
    if (failure === null) return;
    const backlog = new Backlog(this.services.budget);
    backlog.push(failure.rest);
    this.stop(describeWriteError(failure.error), backlog);
  }

  private stop(reason: string, backlog: Backlog): void {
    this.live?.close();
    this.live = null;
    const timer = this.services.clock.after(retryMs, () => {
      if (this.stall !== null) this.retry(this.stall);
    });
    this.stall = { backlog, reason, timer };
    this.tell(reason);
  }

  /** Opens the file again and writes what waited, the news of a loss first. */
  private retry(stall: Stall): void {
    const { backlog, reason } = stall;
    stall.timer.cancel();
    this.stall = null;
    this.retrying = true;
    this.open();
    if (backlog.lostBytes > 0) this.write(this.note(lossNote(backlog.lostLines, backlog.lostBytes, reason)));
    const again = this.presentStall();
    if (again === null) {
      this.settled = { bytes: this.settled.bytes + backlog.lostBytes, lines: this.settled.lines + backlog.lostLines };
      for (let part = backlog.shift(); part !== undefined; part = backlog.shift()) this.write(part);
    } else {
      again.backlog.clear();
      this.stall = { ...again, backlog };
    }
    this.retrying = false;
    const left = this.presentStall();
    if (left !== null) {
      this.tell(left.reason);
      return;
    }
    this.toldBytes = null;
    for (const writer of this.writers) writer.onResumed();
  }

  /** Behind a call, because `open` and `write` may set it. */
  private presentStall(): Stall | null {
    return this.stall;
  }

  private note(text: string): Buffer {
    const [writer] = this.writers;
    return writer?.note(text) ?? Buffer.from(`${text}\n`);
  }

  private tell(reason: string): void {
    const { bytes } = this.lost;
    if (this.retrying || this.toldBytes === bytes) return;
    if (this.toldBytes === null) this.services.log(`${this.path} cannot be written: ${reason}`);
    this.toldBytes = bytes;
    for (const writer of this.writers) writer.onLoss(reason);
  }
}
