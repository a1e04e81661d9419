// A file of a log as whoever reads it has it.
import type { Stats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';

/** One file of a log, opened at the beginning of a line. Whoever follows it closes it. */
export interface OpenFile {
  readonly handle: FileHandle;
  /** As it was when it was opened. */
  readonly stats: Stats;
  readonly compressed: boolean;
  /** Byte of the uncompressed content to begin with. */
  readonly offset: number;
}

/** Begin with what was written after this moment (ms since the epoch). */
export interface AfterTime {
  readonly after: number;
}

/** null: with the live file, whenever there is one. */
export type FollowStart = OpenFile | AfterTime | null;

export function isOpen(start: FollowStart): start is OpenFile {
  return start !== null && 'handle' in start;
}
