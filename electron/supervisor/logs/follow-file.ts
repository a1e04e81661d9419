// Follows one log file for as long as the caller likes, over rotation (every file is read to its end before the next
// newer one) and truncation. A slow reader makes it wait: nothing is queued.
import type { FileHandle } from 'node:fs/promises';
import type { LogFile } from './log-entry.ts';
import { createLineBuffer } from './line-buffer.ts';
import { contentOf, isWrittenAfter, openSame, rotatedFiles, statOrNull } from './rotated-files.ts';
import { linesOf } from './stored-entries.ts';
import { createWaker } from './waker.ts';

const blockBytes = 64 * 1024;

export interface FollowStart {
  /** The file to begin with, which `followFile` closes; null when there is none yet. */
  readonly handle: FileHandle | null;
  /** Byte to begin with, at the beginning of a line. */
  readonly position: number;
}

type Emit = (lines: readonly string[]) => Promise<void>;

/** A file of the chain: the live one, or one that was rotated while an older one was being read. */
interface Link {
  readonly path: string;
  readonly inode: number;
  readonly compressed: boolean;
}

/** Hands every complete line that is written before the signal aborts to `emit`, in order. */
export async function followFile(file: LogFile, start: FollowStart, emit: Emit, signal: AbortSignal): Promise<void> {
  const waker = createWaker(file.path, signal);
  let current = start.handle === null ? null : openTail(start.handle, start.position, emit);
  /** The file that was read last: its successor comes next. */
  let last: { readonly inode: number; readonly modifiedAt: number } | null = null;
  try {
    while (!signal.aborted) {
      if (current === null) {
        const link = await successor(file.path, last);
        const handle = link === null ? null : await openSame(link.path, link.inode);
        if (link === null) await waker.wait();
        // Renamed between the look and the opening: look again.
        if (link === null || handle === null) continue;
        if (!link.compressed) {
          current = openTail(handle, 0, emit);
          continue;
        }
        last = { inode: link.inode, modifiedAt: (await handle.stat()).mtimeMs };
        for await (const line of linesOf(await contentOf(handle, true))) await emit([line]);
        continue;
      }
      await current.drain();
      if (await isReplaced(current.handle, file.path)) {
        // Lines may have been written between the last read and the rotation.
        await current.drain();
        await current.finish();
        const { ino, mtimeMs } = await current.handle.stat();
        last = { inode: ino, modifiedAt: mtimeMs };
        await current.handle.close();
        current = null;
      } else if (!(await current.rewind())) {
        await waker.wait();
      }
    }
    // What was written before the abort belongs to what the caller wanted to see.
    await current?.drain();
  } finally {
    waker.close();
    await current?.handle.close();
  }
}

/** The file after `last` in the chain, or the live one; null when there is none yet. */
async function successor(live: string, last: { readonly inode: number; readonly modifiedAt: number } | null): Promise<Link | null> {
  // Looked at first: when it is rotated meanwhile, it is found among the rotated ones.
  const stats = await statOrNull(live);
  if (last !== null) {
    const rotated = await rotatedFiles(live);
    const own = rotated.find((entry) => entry.inode === last.inode);
    const next = rotated.findLast((entry) => (own === undefined ? isWrittenAfter(entry, last.modifiedAt) : entry.number < own.number));
    if (next !== undefined) return next;
  }
  return stats === null ? null : { path: live, inode: stats.ino, compressed: false };
}

async function isReplaced(handle: FileHandle, live: string): Promise<boolean> {
  const current = await statOrNull(live);
  return current !== null && current.ino !== (await handle.stat()).ino;
}

/** Reads one growing file. */
function openTail(handle: FileHandle, start: number, emit: Emit) {
  const block = Buffer.alloc(blockBytes);
  let position = start;
  let buffer = createLineBuffer();
  return {
    handle,
    /** Emits all complete lines up to the end. */
    async drain(): Promise<void> {
      for (;;) {
        const { bytesRead } = await handle.read(block, 0, block.length, position);
        if (bytesRead === 0) return;
        position += bytesRead;
        const lines = buffer.push(block.subarray(0, bytesRead));
        if (lines.length > 0) await emit(lines);
      }
    },
    /** Emits a last line without an end: nothing will be added to it. */
    async finish(): Promise<void> {
      const rest = buffer.flush();
      if (rest.length > 0) await emit(rest);
    },
    /** True when the file was emptied and is now read from its beginning. */
    async rewind(): Promise<boolean> {
      if ((await handle.stat()).size >= position) return false;
      position = 0;
      buffer = createLineBuffer();
      return true;
    },
  };
}
