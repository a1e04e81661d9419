// The shim's own log: notable events only, and never more than a bound. Written in the background: the disk may hang.
import { appendFile, stat, truncate } from 'node:fs/promises';
import { errorMessage } from '../../shared/model/failure.ts';
import type { Disk } from './disk.ts';

const maxBytes = 1 << 20;
/** What waits for a disk that hangs. */
const maxWaiting = 200;

export interface OwnLog {
  write(text: string): void;
  /** Resolves when everything is written; never, while the disk hangs. */
  settled(): Promise<void>;
}

export function createOwnLog(file: string, now: () => number, disk: Disk): OwnLog {
  const waiting: string[] = [];
  let working: Promise<void> | null = null;

  async function work(): Promise<void> {
    await Promise.resolve();
    for (let lines = waiting.splice(0); lines.length > 0; lines = waiting.splice(0)) {
      const text = lines.join('');
      try {
        await disk.run(file, async () => {
          const size = (await stat(file).catch(() => null))?.size ?? 0;
          if (size > maxBytes) await truncate(file, 0);
          await appendFile(file, text, { mode: 0o600 });
        });
      } catch (error) {
        // A full disk must not stop a service; a terminal, if there is one, still gets the news.
        process.stderr.write(`${text.trimEnd()} (${errorMessage(error)})\n`);
      }
    }
    working = null;
  }

  return {
    write(text) {
      waiting.push(`${new Date(now()).toISOString()} shim ${process.pid}: ${text}\n`);
      if (waiting.length > maxWaiting) waiting.shift();
      working ??= work();
    },
    settled: async () => void (await working),
  };
}
