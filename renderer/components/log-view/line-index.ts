// Which lines of a buffer pass a test, kept up to date piece by piece: a search through everything never holds the page up,
// and a new line is tested once.
import type { LogBuffer } from './log-buffer.ts';
import type { LogLine } from './log-line.ts';
import { SlidingList } from './sliding-list.ts';

/** undefined: not known yet, and so of all lines that follow. */
export type LineTest = (line: LogLine) => boolean | undefined;

export class LineIndex {
  readonly #test: LineTest;
  readonly #sequences = new SlidingList<number>();
  /** Everything before this sequence has been tested. */
  #next = 0;

  constructor(test: LineTest) {
    this.#test = test;
  }

  get length(): number {
    return this.#sequences.length;
  }

  at(index: number): number | undefined {
    return this.#sequences.at(index);
  }

  /** Index of the first line that passes with this sequence or a later one; `length` if there is none. */
  indexOf(sequence: number): number {
    return this.#sequences.firstIndex((candidate) => candidate >= sequence);
  }

  /** Tests lines until `enough` says so; it is asked after each, because one can be as long as thousands. True when all have been tested. */
  advance(buffer: LogBuffer, enough: () => boolean): boolean {
    this.#sequences.dropFirst(this.indexOf(buffer.at(0)?.sequence ?? this.#next));
    for (let index = buffer.indexOf(this.#next); index < buffer.length; index += 1) {
      const line = buffer.at(index);
      if (line === undefined) break;
      const passed = this.#test(line);
      if (passed === undefined) return false;
      if (passed) this.#sequences.push(line.sequence);
      this.#next = line.sequence + 1;
      if (index + 1 < buffer.length && enough()) return false;
    }
    return true;
  }
}
