// One log: takes encoded lines and writes them in the background, in order, one step at a time. What waits is bounded. A
// disk that refuses or hangs costs this log its oldest lines at most, counted; nothing here throws or waits in the path of
// a service's output.
import type { Timer } from '../../shared/model/clock.ts';
import { Backlog, type BacklogBudget } from './backlog.ts';
import { maxLineBytes } from './line-assembler.ts';
import { nothingLost, type LogFileWriter, type LossListener, type Trouble } from './log-writer.ts';
import { RotatingFile, type FileServices, type LogFileRules } from './rotating-file.ts';
import { describeWriteError, lossNote } from './write-error.ts';

/** How often a log that has something to do is looked at: whether it hangs, whether a refusing disk is asked again. */
const lookMs = 1000;
/** While more than this waits for a disk that works, the pipes are not read: a writer waits for the disk, and loses nothing. */
const highWaterBytes = 393_216;
/** Less than this is gathered for a moment, because each write costs the same: a program may write a line at a time. */
const batchBytes = 65_536;
const gatherMs = 4;
const hangs = 'the disk does not answer';
const tooFast = 'output comes faster than the disk takes it';
const newline = Buffer.from('\n');

export interface LogFileServices extends FileServices {
  readonly budget: BacklogBudget;
}

export class LogFile {
  private readonly writers = new Set<LogFileWriter>();
  /** Of writers that left while something waited: they hear what becomes of it. */
  private readonly leaving = new Set<LogFileWriter>();
  /** Where it is written to. */
  readonly file: RotatingFile;
  private readonly backlog: Backlog;
  private readonly jobs: (() => Promise<void>)[] = [];
  private readonly whenDone: (() => void)[] = [];
  private trouble: Trouble | null = null;
  private lastReason = tooFast;
  private running = false;
  /** By `clock.elapsed`: when the present step began. */
  private stepSince = 0;
  private timer: Timer | null = null;
  private gathering: ReturnType<typeof setTimeout> | null = null;
  /** What waits is written now, however little it is. */
  private due = false;
  private pressed = false;
  private told = nothingLost;
  private noted = nothingLost;

  constructor(
    readonly path: string,
    rules: LogFileRules,
    private readonly services: LogFileServices,
    /** Nobody writes here any more, everything is written, and the file is closed. */
    private readonly onIdle: () => void = () => undefined,
  ) {
    this.file = new RotatingFile(path, rules, services);
    this.backlog = new Backlog(services.budget);
  }

  join(writer: LogFileWriter): void {
    this.writers.add(writer);
    if (this.trouble !== null) writer.listener.onLoss(this.trouble.reason, 0, 0);
  }

  /** What waits is still written, however long that takes. */
  leave(writer: LogFileWriter): void {
    if (!this.writers.delete(writer)) return;
    if (this.pressed) writer.onPressure(false);
    this.leaving.add(writer);
    this.work();
  }

  /** An unfinished line may be written when nobody else writes here, and when it will surely end in this file. */
  takesPartialLines(): boolean {
    return this.writers.size <= 1 && this.backlog.bytes + 3 * maxLineBytes <= this.file.space;
  }

  /** Copies the bytes. */
  write(bytes: Buffer): void {
    this.backlog.push(bytes);
    if (this.trouble?.blocked !== true && this.backlog.bytes > highWaterBytes) this.press(true);
    this.work();
  }

  /** Empties the log and removes the rotated files, and drops what waits. Rejects with the system error. */
  flush(): Promise<void> {
    this.backlog.clear();
    return new Promise((resolve, reject) => this.do(() => this.file.flush().then(resolve, reject)));
  }

  /** See `RotatingFile.check`. */
  check(): void {
    if (this.file.isOpen) this.do(() => this.file.check());
  }

  get isSettled(): boolean {
    return !this.running && (this.backlog.bytes === 0 || this.trouble?.blocked === true);
  }

  /** Resolves when nothing waits, or nothing can be done at present. Never, while the disk hangs. */
  async settled(): Promise<void> {
    for (this.hurry(); this.running; this.hurry()) await new Promise<void>((resolve) => this.whenDone.push(resolve));
  }

  /** The same, after a last try. */
  async finish(): Promise<void> {
    if (!this.running) this.retry();
    await this.settled();
  }

  /** Gives up what could not be written, and says so. */
  abandon(): void {
    this.timer?.cancel();
    if (this.gathering !== null) clearTimeout(this.gathering);
    if (this.backlog.bytes === 0) return;
    this.services.log(`${this.path}: ${this.backlog.bytes} bytes of output were not written: ${this.trouble?.reason ?? hangs}`);
  }

  private hurry(): void {
    if (this.isSettled) return;
    this.due = true;
    this.work();
  }

  private do(job: () => Promise<void>): void {
    this.jobs.push(job);
    this.work();
  }

  private work(): void {
    this.timer ??= this.services.clock.after(lookMs, () => this.look());
    if (!this.running) void this.run();
  }

  /** One step after the other, until nothing is left that can be done. */
  private async run(): Promise<void> {
    this.running = true;
    for (let step = this.nextStep(); step !== null; step = this.nextStep()) {
      this.stepSince = this.services.clock.elapsed();
      try {
        await step();
      } catch (error) {
        this.services.log(`${this.path}: ${describeWriteError(error)}`);
      }
      if (this.trouble?.reason === hangs) this.trouble.blocked = false;
      this.backlog.hold(this.trouble?.blocked === true);
      if (this.backlog.bytes < highWaterBytes / 2) this.press(false);
    }
    this.running = false;
    for (const done of this.whenDone.splice(0)) done();
  }

  private nextStep(): (() => Promise<void>) | null {
    const job = this.jobs.shift();
    if (job !== undefined) return job;
    if (this.trouble?.blocked === true) return null;
    if (this.backlog.bytes >= batchBytes || (this.backlog.bytes > 0 && (this.due || this.writers.size === 0))) return () => this.writeSome();
    if (this.backlog.bytes > 0) return this.gather();
    if (this.trouble !== null) this.resume();
    this.leaving.clear();
    if (this.writers.size > 0) return null;
    if (this.file.isOpen) return () => this.file.close();
    this.timer?.cancel();
    this.timer = null;
    this.onIdle();
    return null;
  }

  private gather(): null {
    this.gathering ??= setTimeout(() => {
      this.gathering = null;
      this.hurry();
    }, gatherMs);
    return null;
  }

  /** Once per second while there is something to do. */
  private look(): void {
    this.timer = null;
    const hung = this.running && this.services.clock.elapsed() - this.stepSince >= lookMs;
    if (hung && this.trouble?.blocked !== true) this.stop(hangs);
    else if (this.backlog.lostBytes > this.told.bytes) this.tell(this.trouble?.reason ?? tooFast);
    if (this.trouble !== null && !this.running) this.retry();
    if (this.trouble !== null || this.running) this.timer ??= this.services.clock.after(lookMs, () => this.look());
  }

  private retry(): void {
    if (this.trouble !== null) this.trouble.blocked = false;
    this.work();
  }

  private async writeSome(): Promise<void> {
    this.due = false;
    if (this.backlog.lostBytes > this.noted.bytes && !(await this.noteLoss())) return;
    const bytes = this.backlog.shift();
    const failure = bytes === undefined ? null : await this.file.write(bytes);
    if (failure === null) return;
    this.backlog.giveBack(failure.rest);
    await this.refused(failure.error);
  }

  /** Before the first line behind a gap. False when it could not be written: it is said later. */
  private async noteLoss(): Promise<boolean> {
    const { lostBytes: bytes, lostLines: lines } = this.backlog;
    const text = lossNote(lines - this.noted.lines, bytes - this.noted.bytes, this.lastReason);
    const [writer] = [...this.writers, ...this.leaving];
    const note = writer?.note(text) ?? Buffer.from(`${text}\n`);
    const failure = await this.file.write(this.file.endsWithWholeLine ? note : Buffer.concat([newline, note]));
    if (failure === null) this.noted = { bytes, lines };
    else await this.refused(failure.error);
    return failure === null;
  }

  private async refused(error: unknown): Promise<void> {
    this.stop(describeWriteError(error));
    await this.file.close();
  }

  private stop(reason: string): void {
    const isNews = this.trouble?.reason !== reason;
    if (this.trouble === null) this.services.log(`${this.path} cannot be written: ${reason}`);
    this.trouble = { reason, blocked: true };
    this.lastReason = reason;
    this.backlog.hold(true);
    this.press(false);
    if (isNews || this.backlog.lostBytes > this.told.bytes) this.tell(reason);
  }

  private resume(): void {
    this.trouble = null;
    this.tellAll((listener) => listener.onResumed());
  }

  private tell(reason: string): void {
    const { lostBytes, lostLines } = this.backlog;
    const { bytes, lines } = this.told;
    this.told = { bytes: lostBytes, lines: lostLines };
    this.tellAll((listener) => listener.onLoss(reason, lostBytes - bytes, lostLines - lines));
  }

  private tellAll(news: (listener: LossListener) => void): void {
    for (const listener of new Set([...this.writers, ...this.leaving].map((writer) => writer.listener))) news(listener);
  }

  private press(high: boolean): void {
    if (!high && !this.pressed) return;
    this.pressed = high;
    for (const writer of this.writers) writer.onPressure(high);
  }
}
