// Follows one log for as long as the caller likes, over rotation (every file is read to its end before the next newer one) and
// truncation. A slow reader makes it wait: nothing is queued.
import type { Stats } from 'node:fs';
import type { FolderWatches } from './folder-watches.ts';
import type { LogFile } from './log-entry.ts';
import { createLineBuffer, type Lines } from './line-buffer.ts';
import { isOpen, type AfterTime, type FollowStart, type OpenFile } from './open-file.ts';
import { contentOf, rotatedFiles, statOrNull } from './rotated-files.ts';
import { successor } from './successor.ts';
import { createWaker, type Waker } from './waker.ts';

const blockBytes = 32 * 1024;

export interface FollowSink {
  /** Lines of one file, in order; never none. The next ones are read when it has resolved. */
  take(lines: Lines, from: OpenFile): Promise<void>;
  /** Everything that was written by the time of the last look is handed over. True: that is all that is wanted. */
  caughtUp(): boolean;
}

/** Hands over every complete line until the signal aborts, or until the sink has all that it wants. */
export async function followFile(file: LogFile, start: FollowStart, sink: FollowSink, signal: AbortSignal, watches: FolderWatches): Promise<void> {
  const waker = createWaker(file.path, watches, signal);
  let current = isOpen(start) ? start : null;
  /** What was read last. Open until its successor is found, so that no other file can be given its inode. */
  let past: OpenFile | AfterTime | null = isOpen(start) ? null : start;
  try {
    // Also after an abort what is open is read to its end: it was written before.
    while (current !== null || !signal.aborted) {
      if (current === null) {
        current = await successor(file.path, past);
        if (current !== null && isOpen(past)) await past.handle.close();
        if (current !== null) past = null;
        else if (sink.caughtUp()) return;
        else await waker.wait();
        continue;
      }
      if (current.compressed) await readCompressed(current, sink);
      else if (!(await readGrowing(current, file.path, sink, waker, signal))) return;
      past = current;
      current = null;
    }
  } finally {
    waker.close();
    await current?.handle.close();
    if (isOpen(past)) await past.handle.close();
  }
}

/** Reads the file, from its beginning again when it is emptied. True when another one has its place, false when nothing more is wanted. */
async function readGrowing(file: OpenFile, live: string, sink: FollowSink, waker: Waker, signal: AbortSignal): Promise<boolean> {
  let reader = openReader(file, file.offset, sink);
  while (!signal.aborted) {
    const now = await statOrNull(live);
    if (await isReplaced(file.stats.ino, live, now)) {
      // Lines may have been written between the last read and the rotation.
      await reader.drain(Number.POSITIVE_INFINITY);
      await reader.finish();
      return true;
    }
    // Without a name it may still be written to, by whoever has it open.
    if (now !== null && now.size < reader.position()) reader = openReader(file, 0, sink);
    await reader.drain(now?.size ?? Number.POSITIVE_INFINITY);
    if (sink.caughtUp()) {
      await reader.finish();
      return false;
    }
    await waker.wait();
  }
  await reader.drain(Number.POSITIVE_INFINITY);
  return false;
}

async function isReplaced(inode: number, live: string, now: Stats | null): Promise<boolean> {
  if (now !== null) return now.ino !== inode;
  // There is no live file, but this one may have been rotated before others were.
  const rotated = await rotatedFiles(live);
  const own = rotated.find((entry) => entry.inode === inode);
  return own !== undefined && rotated.some(({ number }) => number < own.number);
}

function openReader(file: OpenFile, offset: number, sink: FollowSink) {
  const buffer = createLineBuffer(offset);
  let position = offset;
  return {
    position: () => position,
    /** Hands over all complete lines in front of this byte, and perhaps some behind it. */
    async drain(end: number): Promise<void> {
      // Not kept between two reads: most logs are quiet most of the time.
      const block = position < end ? Buffer.allocUnsafeSlow(Math.min(blockBytes, Math.max(end - position, 1024))) : null;
      while (block !== null && position < end) {
        const { bytesRead } = await file.handle.read(block, 0, block.length, position);
        if (bytesRead === 0) return;
        position += bytesRead;
        await handOver(buffer.push(block.subarray(0, bytesRead)), file, sink);
      }
    },
    /** Hands over a last line without an end: nothing will be added to it. */
    finish: () => handOver(buffer.flush(), file, sink),
  };
}

async function readCompressed(file: OpenFile, sink: FollowSink): Promise<void> {
  const buffer = createLineBuffer(file.offset);
  let skip = file.offset;
  for await (const chunk of await contentOf(file.handle, true, true)) {
    const block = (chunk as Buffer).subarray(skip);
    skip -= (chunk as Buffer).length - block.length;
    if (block.length > 0) await handOver(buffer.push(block), file, sink);
  }
  await handOver(buffer.flush(), file, sink);
}

async function handOver(lines: Lines, file: OpenFile, sink: FollowSink): Promise<void> {
  if (lines.texts.length > 0) await sink.take(lines, file);
}
