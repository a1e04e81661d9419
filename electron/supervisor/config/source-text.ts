// The text of a config file: offsets to lines and columns, and the frame shown below a problem.
import type { Range } from './located.ts';
import { withoutControls } from './printable.ts';

export interface Place {
  readonly line: number;
  readonly column: number;
  readonly frame: string;
}

/** Lines longer than this are cut around the caret. */
const frameWidth = 100;
const linesAround = 1;

export class SourceText {
  readonly file: string;
  readonly text: string;
  #lineStarts: readonly number[] | null = null;

  constructor(file: string, text: string) {
    this.file = file;
    this.text = text;
  }

  place(range: Range): Place {
    const start = Math.min(Math.max(range.start, 0), this.text.length);
    const index = this.#lineAt(start);
    const column = start - this.#start(index) + 1;
    const width = Math.max(1, Math.min(range.end - start, this.#line(index).length - column + 1));
    return { line: index + 1, column, frame: this.#frame(index, column, width) };
  }

  #frame(index: number, column: number, width: number): string {
    const starts = this.#starts();
    const first = Math.max(0, index - linesAround);
    const last = Math.min(starts.length - 1, index + linesAround);
    const cut = column > frameWidth - 20 ? column - 40 : 0;
    const gutter = String(last + 1).length;
    const lines: string[] = [];
    for (let at = first; at <= last; at += 1) {
      const mark = at === index ? '>' : ' ';
      const shown = withoutControls(this.#line(at).slice(cut, cut + frameWidth));
      lines.push(`${mark} ${String(at + 1).padStart(gutter)} | ${shown}`.trimEnd());
      if (at !== index) continue;
      const carets = '^'.repeat(Math.max(1, Math.min(width, cut + frameWidth - column + 1)));
      lines.push(`  ${' '.repeat(gutter)} | ${' '.repeat(column - 1 - cut)}${carets}`);
    }
    return lines.join('\n');
  }

  #starts(): readonly number[] {
    if (this.#lineStarts !== null) return this.#lineStarts;
    const starts = [0];
    for (let at = this.text.indexOf('\n'); at !== -1; at = this.text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.#lineStarts = starts;
    return starts;
  }

  #start(index: number): number {
    return this.#starts()[index] ?? this.text.length;
  }

  /** The line without its end. */
  #line(index: number): string {
    const end = this.#starts()[index + 1];
    return this.text.slice(this.#start(index), end === undefined ? undefined : end - 1).replace(/\r$/, '');
  }

  #lineAt(offset: number): number {
    const starts = this.#starts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.#start(middle) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
