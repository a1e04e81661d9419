// A search for a regular expression, which may take any time: a matcher outside of the page looks through some lines after the
// others, and the page only reads what it has found.
import { noRanges, type LineSearch } from './line-search.ts';
import { patternCharacters, type TextRange } from './find-ranges.ts';
import { LineIndex } from './line-index.ts';
import type { LogBuffer } from './log-buffer.ts';
import type { LogLine } from './log-line.ts';
import type { MatcherAnswer, PatternMatcher } from './pattern-matcher.ts';

/** What is asked for at once: a question is answered within a beat, unless the pattern is a bad one. */
const maxLines = 4096;
const maxCharacters = 128 * 1024;

export class PatternSearch implements LineSearch {
  readonly index: LineIndex;
  readonly #matcher: PatternMatcher;
  readonly #passes: (line: LogLine) => boolean;
  /** By sequence, oldest first; only of lines that match. */
  readonly #found = new Map<number, readonly TextRange[]>();
  /** Every line before this sequence is known to match or not to. */
  #answered = 0;
  #asking = false;
  #problem: string | null = null;

  constructor(matcher: PatternMatcher, passes: (line: LogLine) => boolean) {
    this.#matcher = matcher;
    this.#passes = passes;
    this.index = new LineIndex(({ sequence }) => (sequence < this.#answered ? this.#found.has(sequence) : undefined));
  }

  get problem(): string | null {
    return this.#problem;
  }

  advance(buffer: LogBuffer, enough: () => boolean): boolean {
    if (this.#problem !== null) return true;
    this.#forgetBefore(buffer.at(0)?.sequence ?? this.#answered);
    this.#ask(buffer);
    return this.index.advance(buffer, enough);
  }

  rangesOf({ sequence }: LogLine): readonly TextRange[] {
    return this.#found.get(sequence) ?? noRanges;
  }

  stop(): void {
    this.#matcher.stop();
  }

  #ask(buffer: LogBuffer): void {
    if (this.#asking) return;
    const lines: LogLine[] = [];
    let end = this.#answered;
    let characters = 0;
    for (let at = buffer.indexOf(end); at < buffer.length && lines.length < maxLines && characters < maxCharacters; at += 1) {
      const line = buffer.at(at);
      if (line === undefined) break;
      end = line.sequence + 1;
      if (!this.#passes(line)) continue;
      lines.push(line);
      characters += Math.min(line.text.length, patternCharacters);
    }
    if (lines.length === 0) {
      this.#answered = end;
      return;
    }
    this.#asking = true;
    void this.#matcher.find(lines.map(({ text }) => text.slice(0, patternCharacters))).then((answer) => {
      this.#asking = false;
      this.#take(answer, lines, end);
    });
  }

  #take(answer: MatcherAnswer, lines: readonly LogLine[], end: number): void {
    if (answer.kind !== 'found') {
      this.#problem = answer.kind === 'slow' ? 'Takes too long: repeat less (*, +)' : 'The search could not be loaded: load the page again';
      return;
    }
    lines.forEach(({ sequence }, at) => {
      const ranges = answer.ranges[at] ?? null;
      if (ranges !== null) this.#found.set(sequence, ranges);
    });
    this.#answered = end;
  }

  #forgetBefore(first: number): void {
    for (const sequence of this.#found.keys()) {
      if (sequence >= first) return;
      this.#found.delete(sequence);
    }
  }
}
