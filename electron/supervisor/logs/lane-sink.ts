// Puts what is read of one log into its lane, and knows when that is all.
import type { Clock } from '../../../shared/model/clock.ts';
import type { FollowSink } from './follow-file.ts';
import type { LogFile } from './log-entry.ts';
import type { Lane, LogMerge } from './log-merge.ts';
import { fileIdentity, lineDigest, type Place } from './log-place.ts';
import type { OpenFile } from './open-file.ts';

/** What a process that was taken away still has in its pipes is written by then. */
const graceMs = 1000;

export interface LaneSinkOptions {
  readonly file: LogFile;
  readonly clock: Clock;
  /** False when nothing will be written to the file any more; null: only what is stored is wanted. */
  readonly isWanted: ((file: LogFile) => boolean) | null;
}

export function laneSink(merge: LogMerge, lane: Lane, { file, clock, isWanted }: LaneSinkOptions): FollowSink {
  let unwantedAt: number | null = null;
  let source: { readonly file: OpenFile; readonly start: Place } | null = null;
  return {
    async take(lines, from) {
      if (source?.file !== from) source = { file: from, start: { file: fileIdentity(from.stats), since: from.stats.mtimeMs, offset: 0, line: '' } };
      const { start } = source;
      const end = { ...start, offset: lines.ends.at(-1) ?? start.offset, line: lineDigest(lines.texts.at(-1) ?? '') };
      await merge.put(lane, { ...lines, end });
    },
    caughtUp() {
      merge.caughtUp(lane);
      if (isWanted === null) return true;
      unwantedAt = isWanted(file) ? null : (unwantedAt ?? clock.elapsed());
      return unwantedAt !== null && clock.elapsed() - unwantedAt >= graceMs;
    },
  };
}
