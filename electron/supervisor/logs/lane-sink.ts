// Puts what is read of one log into its lane: lines become entries, those of streams that are not wanted are left out.
import type { Clock } from '../../../shared/model/clock.ts';
import type { FollowSink, OpenFile } from './follow-file.ts';
import type { Lines } from './line-buffer.ts';
import { parseLogLine, type LogEntry, type LogFile, type LogStream } from './log-entry.ts';
import type { Lane, LogMerge, Portion } from './log-merge.ts';
import { fileIdentity, lineDigest, type Place } from './log-place.ts';

/** What a process that was taken away still has in its pipes is written by then. */
const graceMs = 1000;

export interface LaneSinkOptions {
  readonly file: LogFile;
  readonly streams: readonly LogStream[];
  readonly clock: Clock;
  /** False when nothing will be written to the file any more; null: only what is stored is wanted. */
  readonly isWanted: ((file: LogFile) => boolean) | null;
}

export function laneSink(merge: LogMerge, lane: Lane, { file, streams, clock, isWanted }: LaneSinkOptions): FollowSink {
  let unwantedAt: number | null = null;
  let source: { readonly file: OpenFile; readonly start: Place } | null = null;
  return {
    async take(lines, from) {
      if (source?.file !== from) source = { file: from, start: { file: fileIdentity(from.stats), since: from.stats.mtimeMs, offset: 0, line: '' } };
      await merge.put(lane, portionOf(file, lines, source.start, streams));
    },
    caughtUp() {
      merge.caughtUp(lane);
      if (isWanted === null) return true;
      unwantedAt = isWanted(file) ? null : (unwantedAt ?? clock.now());
      return unwantedAt !== null && clock.now() - unwantedAt >= graceMs;
    },
  };
}

function portionOf(file: LogFile, lines: Lines, start: Place, streams: readonly LogStream[]): Portion {
  const end: Place = { ...start, offset: lines.ends.at(-1) ?? start.offset, line: lineDigest(lines.texts.at(-1) ?? '') };
  const parsed = lines.texts.map((text) => parseLogLine(file, text));
  if (parsed.every(({ stream }) => streams.includes(stream))) return { entries: parsed, ...lines, end };
  const entries: LogEntry[] = [];
  const texts: string[] = [];
  const ends: number[] = [];
  parsed.forEach((entry, index) => {
    if (!streams.includes(entry.stream)) return;
    entries.push(entry);
    texts.push(lines.texts[index] ?? '');
    ends.push(lines.ends[index] ?? end.offset);
  });
  return { entries, texts, ends, end };
}
