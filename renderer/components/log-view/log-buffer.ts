// The lines that a view holds. Bounded twice, in lines and in characters: a full buffer drops its oldest tenth at once, so that
// what is shown moves rarely.
import type { LogLine } from './log-line.ts';
import { SlidingList } from './sliding-list.ts';

export interface LogLimits {
  readonly lines: number;
  readonly characters: number;
}

export const logLimits: LogLimits = { lines: 50_000, characters: 32 * 1024 * 1024 };

export class LogBuffer {
  readonly #limits: LogLimits;
  readonly #lines = new SlidingList<LogLine>();
  #characters = 0;
  #longest = 0;
  #timed = false;

  constructor(limits: LogLimits = logLimits) {
    this.#limits = limits;
  }

  get length(): number {
    return this.#lines.length;
  }

  /** Characters of the longest line since the last `clear`. */
  get longest(): number {
    return this.#longest;
  }

  /** Whether any line since the last `clear` says when it was written. */
  get timed(): boolean {
    return this.#timed;
  }

  at(index: number): LogLine | undefined {
    return this.#lines.at(index);
  }

  /** Index of the first line with this sequence or a later one; `length` if there is none. */
  indexOf(sequence: number): number {
    return this.#lines.firstIndex((line) => line.sequence >= sequence);
  }

  append(lines: readonly LogLine[]): void {
    for (const line of lines) {
      this.#lines.push(line);
      this.#characters += sizeOf(line);
      this.#longest = Math.max(this.#longest, line.text.length);
      this.#timed ||= line.time !== null;
    }
    if (this.#lines.length > this.#limits.lines) this.#drop((left) => left > this.#limits.lines * 0.9);
    if (this.#characters > this.#limits.characters) this.#drop(() => this.#characters > this.#limits.characters * 0.9);
  }

  /** Empties it, and gives what was in it. */
  take(): readonly LogLine[] {
    const lines: LogLine[] = [];
    for (let index = 0; index < this.length; index += 1) {
      const line = this.at(index);
      if (line !== undefined) lines.push(line);
    }
    this.clear();
    return lines;
  }

  clear(): void {
    this.#lines.clear();
    this.#characters = 0;
    this.#longest = 0;
    this.#timed = false;
  }

  #drop(further: (left: number) => boolean): void {
    let count = 0;
    while (count < this.#lines.length && further(this.#lines.length - count)) {
      const line = this.#lines.at(count);
      this.#characters -= line === undefined ? 0 : sizeOf(line);
      count += 1;
    }
    this.#lines.dropFirst(count);
  }
}

function sizeOf(line: LogLine): number {
  // What fields hold is in the text too.
  return line.text.length * (line.fields.length > 0 ? 2 : 1) + line.coloured.length;
}
