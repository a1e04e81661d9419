// A place in a log: which of its files, and how far in. Files are told apart by what a rotation leaves as it is, so a place is
// found again when the file has another name.
import type { Stats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';

/** Nothing in front of it is wanted any more. */
export interface Place {
  /** See `fileIdentity`; empty when there was no file yet. */
  readonly file: string;
  /** Milliseconds since the epoch: the file's last write when it was opened, or when there was none yet. */
  readonly since: number;
  /** Bytes of its uncompressed content. */
  readonly offset: number;
  /** Digest of the line in front of the offset; empty where nobody has looked. */
  readonly line: string;
}

/** How much of a line is compared. */
const comparedCharacters = 200;
/** Holds as many characters of UTF-8. */
export const placeTailBytes = 4 * comparedCharacters + 1;

/** A short name for some text that does not tell the text. */
export function digest(text: string, length: number): string {
  // Loaded here: a daemon whose logs nobody looks at has no need of it.
  return process.getBuiltinModule('node:crypto').createHash('sha256').update(text).digest('base64url').slice(0, length);
}

/** Inodes are given again as soon as a file is gone; with the time of birth they are not the same file. Six characters. */
export function fileIdentity({ ino, birthtimeMs }: Pick<Stats, 'ino' | 'birthtimeMs'>): string {
  return digest(`${ino}:${birthtimeMs}`, 6);
}

/** Four characters. */
export function lineDigest(line: string): string {
  return digest(line.slice(-comparedCharacters), 4);
}

/** Digest of the line that ends at this offset of a plain file; null when the file is shorter, empty at its beginning. */
export async function lineBefore(handle: FileHandle, offset: number): Promise<string | null> {
  if (offset === 0) return '';
  const length = Math.min(offset, placeTailBytes);
  const { bytesRead, buffer } = await handle.read(Buffer.alloc(length), 0, length, offset - length);
  return bytesRead < length ? null : lastLineDigest(buffer);
}

/** Of content that ends behind a line. */
export function lastLineDigest(content: Buffer): string {
  const end = content.at(-1) === 10 ? content.length - 1 : content.length;
  const start = end === 0 ? 0 : content.lastIndexOf(10, end - 1) + 1;
  return lineDigest(content.subarray(Math.max(start, end - placeTailBytes), end).toString('utf8'));
}
