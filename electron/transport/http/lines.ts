// Cuts a stream of bytes into lines.
import { Failure } from '../../../shared/model/failure.ts';

/** A line longer than this is refused: 10,000 snapshots are about 4 MiB. */
const maxLineBytes = 64 * 1024 * 1024;

export interface LineSplitter {
  /** Complete lines without their ends, empty ones left out. Throws `protocol-mismatch` at a line that is too long. */
  push(bytes: Buffer): readonly string[];
}

export function createLineSplitter(): LineSplitter {
  let parts: Buffer[] = [];
  let size = 0;
  return {
    push(bytes) {
      const found: string[] = [];
      let rest = bytes;
      for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
        parts.push(rest.subarray(0, end));
        found.push(Buffer.concat(parts).toString('utf8'));
        parts = [];
        size = 0;
        rest = rest.subarray(end + 1);
      }
      if (rest.length > 0) parts.push(rest);
      size += rest.length;
      if (size > maxLineBytes) throw new Failure('protocol-mismatch', `the engine sent a line of more than ${maxLineBytes} bytes`);
      return found.filter((line) => line !== '');
    },
  };
}
