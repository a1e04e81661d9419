// All open logs of the shim, by path: streams that name the same file share it.
import { errorCode, errorMessage } from '../../shared/model/failure.ts';
import type { Timer } from '../../shared/model/clock.ts';
import type { LogTarget } from '../../shared/model/shim-protocol.ts';
import { LogFile, type LogFileListener, type LogFileRules, type LogFileServices } from './log-file.ts';

/** How often logs with an age limit are looked at when nothing is written to them. */
const sweepMs = 60_000;

export class LogFiles {
  private readonly files = new Map<string, LogFile>();
  private sweep: Timer | null = null;

  constructor(private readonly services: LogFileServices) {}

  /** The rules of the latest writer hold for all of them. */
  open(path: string, rules: LogFileRules, writer: LogFileListener): LogFile {
    const file = this.files.get(path) ?? new LogFile(path, rules, this.services);
    this.files.set(path, file);
    file.rules = rules;
    file.join(writer);
    if (rules.maxAgeMs !== null) this.sweep ??= this.services.clock.after(sweepMs, () => this.checkAges());
    return file;
  }

  release(file: LogFile, writer: LogFileListener): void {
    if (file.isLastWriter(writer)) {
      file.close();
      this.files.delete(file.path);
    }
    file.leave(writer);
  }

  /** Empties these logs, open or not, and removes their rotated files. Returns what went wrong in words, or null. */
  flush(targets: Iterable<LogFileRules & Pick<LogTarget, 'out' | 'err'>>): string | null {
    const problems = new Set<string>();
    for (const target of targets) {
      for (const path of [target.out, target.err]) {
        try {
          (this.files.get(path) ?? new LogFile(path, target, this.services)).flush();
        } catch (error) {
          if (errorCode(error) !== 'ENOENT') problems.add(`${path} cannot be emptied: ${errorMessage(error)}`);
        }
      }
    }
    return problems.size === 0 ? null : [...problems].join('; ');
  }

  close(): void {
    this.sweep?.cancel();
    for (const file of this.files.values()) file.close();
    this.files.clear();
  }

  private checkAges(): void {
    this.sweep = null;
    for (const file of this.files.values()) file.check();
    if ([...this.files.values()].some((file) => file.rules.maxAgeMs !== null)) {
      this.sweep = this.services.clock.after(sweepMs, () => this.checkAges());
    }
  }
}
