// TSPM's own remarks: one line each, in a file that cannot grow without end.
import { appendFile, rename, stat } from 'node:fs/promises';

const maxBytes = 1 << 20;
const maxWaiting = 1000;

/** A logger that writes in order and never throws: there is nobody left to tell. */
export function openLog(file: string): (message: string) => void {
  let queue: Promise<void> = Promise.resolve();
  let waiting = 0;
  const write = async (line: string): Promise<void> => {
    const size = await stat(file).then(
      (found) => found.size,
      () => 0,
    );
    if (size > maxBytes) await rename(file, `${file}.1`);
    await appendFile(file, line, { mode: 0o600 });
  };
  return (message) => {
    const line = `${new Date().toISOString()} ${message}\n`;
    // A disk that hangs keeps so many lines in memory and no more.
    if (waiting >= maxWaiting) return;
    waiting += 1;
    queue = queue
      .then(() => write(line))
      .catch(() => undefined)
      .finally(() => (waiting -= 1));
  };
}
