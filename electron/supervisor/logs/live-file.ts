// The live file of a log at one moment: what is written later belongs to whoever follows it.
import type { Stats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { errorMessage, Failure } from '../../../shared/model/failure.ts';
import type { LogFile } from './log-entry.ts';
import { openLog } from './open-log.ts';
import { isWrittenAfter, rotatedFiles, statOrNull, type RotatedFile } from './rotated-files.ts';

const blockBytes = 64 * 1024;

export interface LiveFile {
  readonly handle: FileHandle;
  readonly stats: Stats;
  /** Bytes to read; behind it lies only what came later. */
  readonly end: number;
}

/** null when there is no such file yet. With `wholeLines` a last line without an end is left to whoever follows. */
export async function openLive(path: string, wholeLines: boolean): Promise<LiveFile | null> {
  const handle = await openLog(path);
  if (handle === null) return null;
  return await closeOnError(handle, async () => {
    const stats = await handle.stat();
    return { handle, stats, end: wholeLines ? await endOfLastLine(handle, stats.size) : stats.size };
  });
}

/** Closes the handle when the work with it fails. */
export async function closeOnError<Result>(handle: FileHandle, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** The byte behind the last newline before `size`. */
export async function endOfLastLine(handle: FileHandle, size: number): Promise<number> {
  const block = Buffer.alloc(Math.min(blockBytes, size));
  for (let end = size; end > 0; end -= block.length) {
    const start = Math.max(0, end - block.length);
    const { bytesRead } = await handle.read(block, 0, end - start, start);
    const newline = block.subarray(0, bytesRead).lastIndexOf(10);
    if (newline >= 0) return start + newline + 1;
  }
  return 0;
}

/** The rotated files that are older than the live one as it was opened, newest first. */
export async function olderFiles(path: string, live: LiveFile | null): Promise<readonly RotatedFile[]> {
  const all = await rotatedFiles(path);
  const own = all.find((rotated) => rotated.inode === live?.stats.ino);
  if (own !== undefined) return all.filter((rotated) => rotated.number > own.number);
  if (live === null || (await statOrNull(path))?.ino === live.stats.ino) return all;
  // Rotated since it was opened, and compressed already: what was written after it is not its past.
  return all.filter((rotated) => !isWrittenAfter(rotated, live.stats.mtimeMs));
}

/** Throws a Failure `failed` that names the file when it cannot be read. */
export async function reading<Result>(file: LogFile, read: () => Promise<Result>): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure('failed', `the log ${file.path} cannot be read: ${errorMessage(error)}`);
  }
}
