// All logs of the shim that are open or that something waits for, by path: streams that name the same file share it.
import type { Timer } from '../../shared/model/clock.ts';
import { errorCode, errorMessage } from '../../shared/model/failure.ts';
import type { LogTarget } from '../../shared/model/shim-protocol.ts';
import { LogFile, type LogFileServices } from './log-file.ts';
import type { LogFileWriter } from './log-writer.ts';
import type { LogFileRules } from './rotating-file.ts';

/** How often logs with an age limit are looked at when nothing is written to them. */
const sweepMs = 60_000;
/** A disk that hangs is not waited for any longer by whoever asked for a flush, or by the end of the shim. */
const patienceMs = 1500;

export class LogFiles {
  private readonly files = new Map<string, LogFile>();
  private sweep: Timer | null = null;

  constructor(private readonly services: LogFileServices) {}

  /** The rules of the latest writer hold for all of them. */
  open(path: string, rules: LogFileRules, writer: LogFileWriter): LogFile {
    const file: LogFile = this.files.get(path) ?? new LogFile(path, rules, this.services, () => this.files.delete(path));
    this.files.set(path, file);
    file.file.rules = rules;
    file.join(writer);
    if (rules.maxAgeMs !== null) this.sweep ??= this.services.clock.after(sweepMs, () => this.checkAges());
    return file;
  }

  /** Empties these logs, open or not, and removes their rotated files. Gives what went wrong in words, or null. */
  async flush(targets: Iterable<LogFileRules & Pick<LogTarget, 'out' | 'err'>>): Promise<string | null> {
    const rules = new Map([...targets].flatMap((target) => [[target.out, target] as const, [target.err, target] as const]));
    const problems = await Promise.all([...rules].map(([path, target]) => this.flushOne(path, target)));
    const real = problems.filter((problem) => problem !== null);
    return real.length === 0 ? null : real.join('; ');
  }

  /** Resolves when everything that waits is written, or cannot be at present. Never, while a disk hangs. */
  async written(): Promise<void> {
    await Promise.all([...this.files.values()].map((file) => file.settled()));
  }

  /** Resolves when everything that can be written is written. */
  async close(): Promise<void> {
    this.sweep?.cancel();
    const files = [...this.files.values()];
    await this.inTime(Promise.all(files.map((file) => file.finish())), () => undefined);
    for (const file of files) file.abandon();
    this.files.clear();
  }

  private async flushOne(path: string, rules: LogFileRules): Promise<string | null> {
    const file = this.files.get(path) ?? new LogFile(path, rules, this.services);
    try {
      await this.inTime(file.flush(), () => {
        throw new Error('the disk does not answer');
      });
      return null;
    } catch (error) {
      return errorCode(error) === 'ENOENT' ? null : `${path} cannot be emptied: ${errorMessage(error)}`;
    }
  }

  private async inTime<Value>(work: Promise<Value>, onLate: () => Value | undefined): Promise<Value | undefined> {
    let timer: Timer | null = null;
    const late = new Promise<void>((resolve) => (timer = this.services.clock.after(patienceMs, resolve)));
    try {
      return await Promise.race([work, late.then(onLate)]);
    } finally {
      (timer as Timer | null)?.cancel();
    }
  }

  private checkAges(): void {
    this.sweep = null;
    for (const file of this.files.values()) file.check();
    if ([...this.files.values()].some(({ file }) => file.rules.maxAgeMs !== null)) {
      this.sweep = this.services.clock.after(sweepMs, () => this.checkAges());
    }
  }
}
