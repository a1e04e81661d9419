// Reads a file's lines from its end, block by block, so that the last lines of a huge log cost one or two reads.
import type { FileHandle } from 'node:fs/promises';
import { maxLineBytes } from './line-buffer.ts';

const blockBytes = 64 * 1024;
const newline = 10;

export interface LineBackwards {
  readonly text: string;
  /** The byte that it begins at. */
  readonly start: number;
}

/**
 * Yields the lines before the byte `end`, the last one first. A last line without a newline counts as a line.
 * Throws the system error of a failed read.
 */
export async function* linesBackwards(handle: FileHandle, end: number): AsyncGenerator<LineBackwards> {
  let position = end;
  /** The line whose beginning is still to be found, as parts in file order. */
  let later: Buffer[] = [];
  let laterBytes = 0;
  while (position > 0) {
    const size = Math.min(blockBytes, position);
    position -= size;
    const block = Buffer.alloc(size);
    let tail = (await handle.read(block, 0, size, position)).bytesRead;
    // The newline at the very end closes the last line; it does not begin an empty one.
    if (position + size === end && block[tail - 1] === newline) tail -= 1;
    for (let at = lastNewline(block, tail); at >= 0; at = lastNewline(block, tail)) {
      yield { text: join(block.subarray(at + 1, tail), later), start: position + at + 1 };
      later = [];
      laterBytes = 0;
      tail = at;
    }
    later.unshift(block.subarray(0, tail));
    laterBytes += tail;
    if (laterBytes > maxLineBytes) {
      yield { text: join(Buffer.alloc(0), later), start: position };
      later = [];
      laterBytes = 0;
    }
  }
  if (end > 0) yield { text: join(Buffer.alloc(0), later), start: 0 };
}

function lastNewline(block: Buffer, before: number): number {
  return before === 0 ? -1 : block.lastIndexOf(newline, before - 1);
}

function join(first: Buffer, rest: readonly Buffer[]): string {
  return Buffer.concat([first, ...rest]).toString('utf8');
}
