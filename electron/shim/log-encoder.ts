// What a log format is: a way to turn whole lines into the bytes of the file.

export type OutputName = 'out' | 'err';

/** What the methods return is valid until the next call of any encoder. */
export interface Encoder {
  /** `bytes` ends with a newline, except in the plain format when partial lines are written. */
  lines(bytes: Buffer): Buffer;
  /** A piece of a line that is too long, without a newline. */
  piece(bytes: Buffer): Buffer;
  /** A line of TSPM's own, without a newline. */
  note(text: string): Buffer;
}
