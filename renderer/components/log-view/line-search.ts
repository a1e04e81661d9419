// A search through the lines of a buffer: which lines match, and where in them. Plain text is looked for at once.
import { findRanges, type TextRange } from './find-ranges.ts';
import { LineIndex, type LineTest } from './line-index.ts';
import type { LogBuffer } from './log-buffer.ts';
import type { LogLine } from './log-line.ts';

export interface LineSearch {
  /** The lines that match, as far as they have been looked through. */
  readonly index: LineIndex;
  /** Why it was given up; null while it was not. */
  readonly problem: string | null;
  /** Looks through lines until `enough` says so. True when all have been looked through. */
  readonly advance: (buffer: LogBuffer, enough: () => boolean) => boolean;
  /** The same array every time that it is asked for the same. */
  readonly rangesOf: (line: LogLine) => readonly TextRange[];
  readonly stop: () => void;
}

export const noRanges: readonly TextRange[] = [];

export function createTextSearch(expression: RegExp, passes: (line: LogLine) => boolean): LineSearch {
  const known = new WeakMap<LogLine, readonly TextRange[]>();
  const test: LineTest = (line) => {
    if (!passes(line)) return false;
    expression.lastIndex = 0;
    return expression.test(line.text);
  };
  const index = new LineIndex(test);
  return {
    index,
    problem: null,
    advance: (buffer, enough) => index.advance(buffer, enough),
    rangesOf: (line) => {
      const ranges = known.get(line) ?? findRanges(line.text, expression) ?? noRanges;
      known.set(line, ranges);
      return ranges;
    },
    stop: () => undefined,
  };
}
