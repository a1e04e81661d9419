// What a log holds already: its last entries, or those since a moment, across rotated files.
import type { FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createLineBuffer } from './line-buffer.ts';
import { olderFiles, type LiveFile } from './live-file.ts';
import { parseLogLine, type LogEntry, type LogFile } from './log-entry.ts';
import { linesBackwards } from './read-backwards.ts';
import { contentOf, openRotated, type RotatedFile } from './rotated-files.ts';

export interface EntryFilter {
  /** Milliseconds since the epoch; null: no limit. Entries without a time pass. */
  readonly since: number | null;
  readonly accepts: (entry: LogEntry) => boolean;
}

/** The last `count` entries that pass, oldest first. Reads backwards and no more than it needs. */
export async function lastEntries(file: LogFile, live: LiveFile | null, count: number, filter: EntryFilter): Promise<readonly LogEntry[]> {
  const found: LogEntry[] = [];
  if (count === 0) return found;
  if (live !== null && isOlder(live.stats.mtimeMs, filter.since)) return found;
  if (live !== null && (await collectBackwards(file, live.handle, live.end, count, filter, found))) return found.reverse();
  for (const rotated of await youngEnough(file, live, filter.since)) {
    const opened = await openRotated(file.path, rotated);
    if (opened === null) continue;
    try {
      const collect = opened.file.compressed ? collectCompressed : collectBackwards;
      if (await collect(file, opened.handle, (await opened.handle.stat()).size, count, filter, found)) break;
    } finally {
      await opened.handle.close();
    }
  }
  return found.reverse();
}

/** All entries since `filter.since`, oldest first, as a stream: the memory it takes does not grow with the log. */
export async function* entriesSince(file: LogFile, live: LiveFile | null, filter: EntryFilter): AsyncGenerator<LogEntry> {
  const passes = (entry: LogEntry): boolean => !isBefore(entry, filter.since) && filter.accepts(entry);
  for (const rotated of [...(await youngEnough(file, live, filter.since))].reverse()) {
    const opened = await openRotated(file.path, rotated);
    if (opened === null) continue;
    for await (const line of linesOf(await contentOf(opened.handle, opened.file.compressed))) {
      const entry = parseLogLine(file, line);
      if (passes(entry)) yield entry;
    }
  }
  if (live === null || live.end === 0 || isOlder(live.stats.mtimeMs, filter.since)) return;
  for await (const line of linesOf(live.handle.createReadStream({ start: 0, end: live.end - 1, autoClose: false }))) {
    const entry = parseLogLine(file, line);
    if (passes(entry)) yield entry;
  }
}

/** Lines of a stream, its unfinished last one included. */
export async function* linesOf(stream: Readable): AsyncGenerator<string> {
  const buffer = createLineBuffer();
  for await (const block of stream) yield* buffer.push(block as Buffer).texts;
  yield* buffer.flush().texts;
}

/** null: no limit. */
async function youngEnough(file: LogFile, live: LiveFile | null, since: number | null): Promise<readonly RotatedFile[]> {
  return (await olderFiles(file.path, live)).filter((rotated) => !isOlder(rotated.modifiedAt, since));
}

/** A file that was last written before the moment holds nothing that is younger. */
function isOlder(modifiedAt: number, since: number | null): boolean {
  return since !== null && modifiedAt < since;
}

/** True when enough is found, or when older lines cannot pass. */
async function collectBackwards(file: LogFile, handle: FileHandle, end: number, count: number, filter: EntryFilter, found: LogEntry[]): Promise<boolean> {
  for await (const { text } of linesBackwards(handle, end)) {
    const entry = parseLogLine(file, text);
    if (isBefore(entry, filter.since)) return true;
    if (filter.accepts(entry)) found.push(entry);
    if (found.length >= count) return true;
  }
  return false;
}

/** gzip can only be read forwards: the last entries are kept while it streams by. */
async function collectCompressed(file: LogFile, handle: FileHandle, _size: number, count: number, filter: EntryFilter, found: LogEntry[]): Promise<boolean> {
  const wanted = count - found.length;
  let newest: LogEntry[] = [];
  for await (const line of linesOf(await contentOf(handle, true))) {
    const entry = parseLogLine(file, line);
    if (isBefore(entry, filter.since) || !filter.accepts(entry)) continue;
    newest.push(entry);
    if (newest.length >= 2 * wanted + 1024) newest = newest.slice(-wanted);
  }
  found.push(...newest.slice(-wanted).reverse());
  return found.length >= count;
}

function isBefore(entry: LogEntry, since: number | null): boolean {
  return since !== null && entry.time !== null && entry.time < since;
}
