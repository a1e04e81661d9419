// The rows of a view: all lines of a buffer, or those of an index. Read while it is rendered, never kept.
import type { LineIndex } from './line-index.ts';
import type { LogBuffer } from './log-buffer.ts';
import type { LogLine } from './log-line.ts';

export interface LogRows {
  readonly count: number;
  at(index: number): LogLine | undefined;
  /** Index of the first row with this sequence or a later one; `count` if there is none. */
  indexOf(sequence: number): number;
}

export function rowsOf(buffer: LogBuffer, index: LineIndex | null): LogRows {
  if (index === null) return { count: buffer.length, at: (row) => buffer.at(row), indexOf: (sequence) => buffer.indexOf(sequence) };
  return {
    count: index.length,
    at: (row) => {
      const sequence = index.at(row);
      return sequence === undefined ? undefined : buffer.at(buffer.indexOf(sequence));
    },
    indexOf: (sequence) => index.indexOf(sequence),
  };
}
