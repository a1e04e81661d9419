// Follows one log file for as long as the caller likes, over rotation (the old file is read to its end before the new
// one) and truncation. A slow reader makes it wait: nothing is queued.
import { open, type FileHandle } from 'node:fs/promises';
import type { LogFile } from './log-entry.ts';
import { createLineBuffer, type LineBuffer } from './line-buffer.ts';
import { openRotated, rotatedFiles, statOrNull } from './rotated-files.ts';
import { linesOf } from './stored-entries.ts';
import { createWaker } from './waker.ts';

const blockBytes = 64 * 1024;

export interface FollowStart {
  /** The file to begin with, which `followFile` closes; null when there is none yet. */
  readonly handle: FileHandle | null;
  /** Byte to begin with, at the beginning of a line. */
  readonly position: number;
}

/** Hands every complete line that is written from now on to `emit`, in order, until the signal aborts. */
export async function followFile(file: LogFile, start: FollowStart, emit: (lines: readonly string[]) => Promise<void>, signal: AbortSignal): Promise<void> {
  const waker = createWaker(file.path, signal);
  const block = Buffer.alloc(blockBytes);
  let handle = start.handle;
  let position = start.position;
  let buffer = createLineBuffer();

  async function drain(from: FileHandle): Promise<void> {
    for (;;) {
      const { bytesRead } = await from.read(block, 0, block.length, position);
      if (bytesRead === 0 || signal.aborted) return;
      position += bytesRead;
      const lines = buffer.push(block.subarray(0, bytesRead));
      if (lines.length > 0) await emit(lines);
    }
  }

  /** Opens what is at the path now; false when there is nothing. */
  async function openCurrent(): Promise<boolean> {
    handle = await open(file.path, 'r').catch(() => null);
    position = 0;
    buffer = createLineBuffer();
    return handle !== null;
  }

  try {
    while (!signal.aborted) {
      if (handle === null && !(await openCurrent())) {
        await waker.wait();
        continue;
      }
      if (handle === null) continue;
      await drain(handle);
      if (await isReplaced(handle, file.path)) {
        // Lines may have been written between the last read and the rotation.
        await drain(handle);
        await emitAll(buffer, emit);
        await emitBetween(handle, file, emit, signal);
        await handle.close();
        handle = null;
      } else if ((await handle.stat()).size < position) {
        position = 0;
        buffer = createLineBuffer();
      } else {
        await waker.wait();
      }
    }
  } finally {
    waker.close();
    await handle?.close();
  }
}

async function isReplaced(handle: FileHandle, path: string): Promise<boolean> {
  const current = await statOrNull(path);
  return current !== null && current.ino !== (await handle.stat()).ino;
}

/** Files that came and were rotated away while the old one was being read. Compression keeps the time of the last write. */
async function emitBetween(old: FileHandle, file: LogFile, emit: (lines: readonly string[]) => Promise<void>, signal: AbortSignal): Promise<void> {
  const { ino, mtimeMs } = await old.stat();
  const rotated = await rotatedFiles(file.path);
  const own = rotated.find((entry) => entry.inode === ino);
  // A millisecond: what setting the time of a file may round.
  const newer = rotated.filter((entry) => (own === undefined ? entry.modifiedAt > mtimeMs + 1 : entry.number < own.number));
  for (const entry of newer.reverse()) {
    if (signal.aborted) return;
    for await (const line of linesOf(await openRotated(entry))) await emit([line]);
  }
}

async function emitAll(buffer: LineBuffer, emit: (lines: readonly string[]) => Promise<void>): Promise<void> {
  const rest = buffer.flush();
  if (rest.length > 0) await emit(rest);
}
