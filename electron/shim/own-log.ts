// The shim's own log: notable events only, and never more than a bound.
import { appendFileSync, statSync, truncateSync } from 'node:fs';
import { errorMessage } from '../../shared/model/failure.ts';

const maxBytes = 1 << 20;

export function createOwnLog(file: string, now: () => number): (text: string) => void {
  return (text) => {
    try {
      if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > maxBytes) truncateSync(file, 0);
      appendFileSync(file, `${new Date(now()).toISOString()} shim ${process.pid}: ${text}\n`, { mode: 0o600 });
    } catch (error) {
      // A full disk must not stop a service; a terminal, if there is one, still gets the news.
      process.stderr.write(`${text} (${errorMessage(error)})\n`);
    }
  };
}
