// Where the last lines of a log begin, over rotated files. Nothing of them is kept: whoever wants them reads forwards from there.
import type { FileHandle } from 'node:fs/promises';
import type { OpenFile } from './open-file.ts';
import { createLineBuffer } from './line-buffer.ts';
import { closeOnError, olderFiles, type LiveFile } from './live-file.ts';
import { linesBackwards } from './read-backwards.ts';
import { contentOf, openRotated } from './rotated-files.ts';

const blockBytes = 64 * 1024;
const newline = 10;

/** Of a line as it is in the file; null: every line counts. */
export type CountsLine = ((text: string) => boolean) | null;

/** `count` may be missed: then `offset` is 0. */
interface Found {
  readonly offset: number;
  readonly count: number;
}

/** The file in which the last `count` lines begin; null without any file. Takes over the live file's handle. */
export async function startOfLast(path: string, live: LiveFile | null, count: number, counts: CountsLine): Promise<OpenFile | null> {
  let start: OpenFile | null = live === null ? null : { handle: live.handle, stats: live.stats, compressed: false, offset: live.end };
  let missing = count;
  try {
    if (missing > 0 && start !== null) {
      const found = await lookBackwards(start.handle, start.offset, missing, counts);
      missing -= found.count;
      start = { ...start, offset: found.offset };
    }
    if (missing <= 0) return start;
    for (const rotated of await olderFiles(path, live)) {
      const opened = await openRotated(path, rotated);
      if (opened === null) continue;
      const { handle, file: { compressed } } = opened;
      const stats = await handle.stat();
      const look = compressed ? () => lookForwards(handle, missing, counts) : () => lookBackwards(handle, stats.size, missing, counts);
      const found = await closeOnError(handle, look);
      await start?.handle.close();
      start = { handle, stats, compressed, offset: found.offset };
      missing -= found.count;
      if (missing <= 0) break;
    }
    return start;
  } catch (error) {
    await start?.handle.close();
    throw error;
  }
}

async function lookBackwards(handle: FileHandle, end: number, wanted: number, counts: CountsLine): Promise<Found> {
  if (counts === null) return await countNewlines(handle, end, wanted);
  let count = 0;
  for await (const { text, start } of linesBackwards(handle, end)) {
    if (counts(text)) count += 1;
    if (count === wanted) return { offset: start, count };
  }
  return { offset: 0, count };
}

/** The same without looking at the lines, which is many times faster. */
async function countNewlines(handle: FileHandle, end: number, wanted: number): Promise<Found> {
  const block = Buffer.alloc(Math.min(blockBytes, end));
  let count = 0;
  for (let position = end; position > 0; ) {
    const size = Math.min(blockBytes, position);
    position -= size;
    const { bytesRead } = await handle.read(block, 0, size, position);
    // The newline at the very end closes the last line; it does not begin an empty one.
    const before = position + size === end ? bytesRead - 1 : bytesRead;
    for (let at = lastNewline(block, before); at >= 0; at = lastNewline(block, at)) {
      count += 1;
      if (count === wanted) return { offset: position + at + 1, count };
    }
  }
  return { offset: 0, count: end === 0 ? 0 : count + 1 };
}

function lastNewline(block: Buffer, before: number): number {
  return before <= 0 ? -1 : block.lastIndexOf(newline, before - 1);
}

/** gzip can only be read forwards: the beginnings of the last lines are kept while it streams by. */
async function lookForwards(handle: FileHandle, wanted: number, counts: CountsLine): Promise<Found> {
  const buffer = createLineBuffer();
  let starts: number[] = [];
  let start = 0;
  const look = ({ texts, ends }: ReturnType<typeof buffer.push>): void => {
    texts.forEach((text, index) => {
      if (counts === null || counts(text)) starts.push(start);
      start = ends[index] ?? start;
    });
    if (starts.length >= 2 * wanted + 1024) starts = starts.slice(-wanted);
  };
  for await (const block of await contentOf(handle, true, true)) look(buffer.push(block as Buffer));
  look(buffer.flush());
  const [first = 0] = starts.slice(-wanted);
  return { offset: starts.length < wanted ? 0 : first, count: Math.min(starts.length, wanted) };
}
