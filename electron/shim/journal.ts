// The list of living children on disk, for whoever cleans up after a `kill -9` of the shim. Written a moment after a
// change, many changes at once, so that no spawn waits for the disk.
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import type { Clock, Timer } from '../../shared/model/clock.ts';
import { errorMessage } from '../../shared/model/failure.ts';

const delayMs = 10;

export interface JournalledChild {
  readonly id: string;
  readonly run: number;
  readonly pid: number;
  readonly startTime: string;
  readonly pidFile: string;
}

export interface JournalHead {
  readonly shimPid: number;
  readonly shimStartTime: string;
}

export class Journal {
  private timer: Timer | null = null;

  constructor(
    private readonly file: string,
    private readonly head: JournalHead,
    private readonly children: () => readonly JournalledChild[],
    private readonly clock: Clock,
    private readonly log: (text: string) => void,
  ) {}

  changed(): void {
    this.timer ??= this.clock.after(delayMs, () => {
      this.timer = null;
      this.write();
    });
  }

  write(): void {
    const temporary = `${this.file}.${process.pid}.tmp`;
    try {
      writeFileSync(temporary, `${JSON.stringify({ ...this.head, children: this.children() })}\n`, { mode: 0o600 });
      renameSync(temporary, this.file);
    } catch (error) {
      // The marks on the children still find them; the next change tries again.
      this.log(`the journal cannot be written: ${errorMessage(error)}`);
      rmSync(temporary, { force: true });
    }
  }

  remove(): void {
    this.timer?.cancel();
    rmSync(this.file, { force: true });
  }
}
