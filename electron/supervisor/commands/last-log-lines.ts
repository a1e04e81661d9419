// The end of an instance's output, for a person whose service has just failed.
import { open } from 'node:fs/promises';
import type { LogTarget } from '../../../shared/model/shim-protocol.ts';

const tailBytes = 8192;
const lineCount = 10;

/** At most ten lines, errors before ordinary output. Empty when nothing was written. */
export async function lastLogLines(target: LogTarget): Promise<readonly string[]> {
  const errors = await tail(target.err);
  if (errors.length > 0 || target.out === target.err) return errors;
  return tail(target.out);
}

async function tail(file: string): Promise<readonly string[]> {
  try {
    const handle = await open(file, 'r');
    try {
      const { size } = await handle.stat();
      const length = Math.min(size, tailBytes);
      const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length);
      const lines = buffer.toString('utf8').split('\n');
      if (size > length) lines.shift();
      return lines.filter((line) => line !== '').slice(-lineCount);
    } finally {
      await handle.close();
    }
  } catch {
    // A process that never ran has no log.
    return [];
  }
}
