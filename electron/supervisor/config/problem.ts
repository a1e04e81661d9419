// What can be wrong with a config: every problem is a value with a place, and they are collected, not thrown.
import type { ProcessSpec } from '../../../shared/contract/spec.ts';
import type { Range } from './located.ts';
import { withoutControls } from './printable.ts';
import type { SourceText } from './source-text.ts';

export interface ConfigProblem {
  /** Absolute path, or `command line` when there is no file. */
  readonly file: string;
  /** From 1; 0 when the problem has no place in a file. */
  readonly line: number;
  /** From 1, in UTF-16 code units as editors count; 0 without a place. */
  readonly column: number;
  readonly message: string;
  /** What to do next. */
  readonly hint: string | null;
  /** The lines around the place with a caret below it; empty without a place. */
  readonly frame: string;
}

export type LoadResult =
  | { readonly ok: true; readonly file: string; readonly specs: ProcessSpec[]; readonly notes: string[] }
  | { readonly ok: false; readonly problems: ConfigProblem[] };

/** More than this helps nobody, and a broken file can have as many as it has bytes. */
const maxProblems = 200;

export class ProblemList {
  readonly #byPlace = new Map<string, ConfigProblem>();
  readonly #source: SourceText;

  constructor(source: SourceText) {
    this.#source = source;
  }

  /** The same problem at the same place is kept once: a value of `defaults` is looked at once per process. */
  add(range: Range | null, message: string, hint: string | null = null): void {
    const place = range === null ? nowhere : this.#source.place(range);
    const key = `${place.line}:${place.column}:${message}`;
    if (this.#byPlace.size >= maxProblems || this.#byPlace.has(key)) return;
    this.#byPlace.set(key, {
      file: this.#source.file,
      ...place,
      message: withoutControls(message),
      hint: hint === null ? null : withoutControls(hint),
    });
  }

  get isEmpty(): boolean {
    return this.#byPlace.size === 0;
  }

  /** In the order of the file. */
  get sorted(): ConfigProblem[] {
    return [...this.#byPlace.values()].sort((a, b) => a.line - b.line || a.column - b.column);
  }
}

const nowhere = { line: 0, column: 0, frame: '' };
