// What a figure is: a name to select it by, and a measurement that gives lines of the results.
import type { Programs } from './programs.ts';
import type { Row } from './row.ts';

export interface BenchContext {
  readonly programs: Programs;
  /** Shorter windows, to try the bench itself. */
  readonly quick: boolean;
  readonly note: (text: string) => void;
}

export interface Figure {
  readonly name: string;
  /** What is measured, in a sentence or two for the page. */
  readonly about: string;
  readonly measure: (context: BenchContext) => Promise<readonly Row[]>;
}
