// The logs of a growing set of files as one stream that can be left and gone on with: each file is followed from a place of its
// own, and the position tells how far all of them were taken.
import { setMaxListeners } from 'node:events';
import { statSync, type Stats } from 'node:fs';
import type { Clock } from '../../../shared/model/clock.ts';
import { encodeCursor, encodePlace, placeOfNothing, type Cursor } from './cursor.ts';
import { findPlace, gone, startOfUnknown } from './find-place.ts';
import type { FolderWatches } from './folder-watches.ts';
import { followFile } from './follow-file.ts';
import { closeOnError, endOfLastLine, openLive, reading } from './live-file.ts';
import { laneSink } from './lane-sink.ts';
import { parseLogLine, type LogEntry, type LogFile, type LogStream } from './log-entry.ts';
import { Lane, LogMerge } from './log-merge.ts';
import { digest, fileIdentity, lineBefore, type Place } from './log-place.ts';
import { isOpen, type FollowStart } from './open-file.ts';
import { startOfLast } from './start-of-last.ts';

export interface FollowedLogsOptions {
  readonly clock: Clock;
  readonly streams: readonly LogStream[];
  /** False: the stream ends with what is stored. */
  readonly follow: boolean;
  /** Digest of what was asked for; six characters. */
  readonly query: string;
  /** False when nothing will be written to the file any more. */
  readonly isWanted: (file: LogFile) => boolean;
  readonly watches: FolderWatches;
}

/** Where to begin with a file, and the same in words that outlast this process. */
interface Beginning {
  readonly file: LogFile;
  readonly start: FollowStart;
  readonly place: Place;
}

interface Followed {
  readonly key: string;
  readonly lane: Lane;
  /** The lane's place as it was encoded last. */
  place: Place | null;
  encoded: string;
}

export class FollowedLogs {
  private readonly merge: LogMerge;
  private readonly end = new AbortController();
  /** Paths, those that are still being opened included. */
  private readonly known = new Set<string>();
  private readonly followed = new Map<string, Followed>();
  private readonly running = new Set<Promise<void>>();

  constructor(private readonly options: FollowedLogsOptions) {
    this.merge = new LogMerge(options.clock, options.follow);
    // Each file's follower listens.
    setMaxListeners(0, this.end.signal);
  }

  /** Begins with the last lines of each file. Throws a Failure that names the file which cannot be read. */
  async beginAnew(files: readonly LogFile[], lines: number): Promise<void> {
    this.followAll(await this.openAll(files, (file) => this.lastLines(file, lines)));
  }

  /** Goes on behind a cursor; false when that is impossible, and nothing is followed then. Throws as `beginAnew` does. */
  async resume(files: readonly LogFile[], cursor: Cursor): Promise<boolean> {
    const beginnings = await this.openAll(files, async (file) => {
      const place = cursor.places.get(keyOf(file));
      return await beginningAt(file, place === undefined ? await startOfUnknown(file.path, cursor.at) : await findPlace(file.path, place), cursor.at);
    });
    if (beginnings.length < files.length) return false;
    this.followAll(beginnings);
    return true;
  }

  knows(file: LogFile): boolean {
    return this.known.has(file.path);
  }

  /** Follows one file more. To be called before anything new can be written to it: what is in it is old. */
  join(file: LogFile): void {
    this.known.add(file.path);
    const stats = lookNow(file.path);
    const place = stats === null ? placeOfNothing(this.options.clock.now()) : { file: fileIdentity(stats), since: stats.mtimeMs, offset: stats.size, line: '' };
    this.follow(file, place, async () => {
      const start = await findPlace(file.path, place);
      if (start === gone) return null;
      if (!isOpen(start) || start.compressed) return start;
      return await closeOnError(start.handle, async () => ({ ...start, offset: await endOfLastLine(start.handle, start.offset) }));
    });
  }

  /** How far all of them were taken. */
  position(): string {
    const places: string[] = [];
    for (const one of this.followed.values()) {
      if (one.place !== one.lane.place) {
        one.place = one.lane.place;
        one.encoded = encodePlace(one.key, one.place);
      }
      places.push(one.encoded);
    }
    return encodeCursor(this.options.clock.now(), this.options.query, places);
  }

  /** The next entries, never none; null when no more come. Throws as `beginAnew` does. */
  take(): Promise<readonly LogEntry[] | null> {
    return this.merge.take();
  }

  /** `take` gives null from now on. */
  stop(): void {
    this.end.abort();
    this.merge.close();
  }

  /** Stops, and resolves when every file is closed. */
  async close(): Promise<void> {
    this.stop();
    await Promise.all(this.running);
  }

  /** All of them, or fewer when one is gone, and then all are closed. */
  private async openAll(files: readonly LogFile[], open: (file: LogFile) => Promise<Beginning | typeof gone>): Promise<readonly Beginning[]> {
    for (const { path } of files) this.known.add(path);
    const results = await Promise.allSettled(files.map((file) => reading(file, () => open(file))));
    const beginnings = results.flatMap((one) => (one.status === 'fulfilled' && one.value !== gone ? [one.value] : []));
    if (beginnings.length === files.length) return beginnings;
    for (const { start } of beginnings) if (isOpen(start)) await start.handle.close();
    for (const one of results) if (one.status === 'rejected') throw one.reason;
    return [];
  }

  private async lastLines(file: LogFile, lines: number): Promise<Beginning> {
    const { follow, streams, clock } = this.options;
    const isMixed = file.stream === null && streams.length === 1;
    const live = await openLive(file.path, follow);
    const start = await startOfLast(file.path, live, lines, isMixed ? (text) => streams.includes(parseLogLine(file, text).stream) : null);
    return await beginningAt(file, start, clock.now());
  }

  private followAll(beginnings: readonly Beginning[]): void {
    for (const { file, place, start } of beginnings) this.follow(file, place, async () => start);
  }

  private follow(file: LogFile, place: Place, open: () => Promise<FollowStart>): void {
    const { follow, streams, clock, isWanted, watches } = this.options;
    const lane = new Lane(place, (text) => {
      const entry = parseLogLine(file, text);
      return streams.includes(entry.stream) ? entry : null;
    });
    this.followed.set(file.path, { key: keyOf(file), lane, place: null, encoded: '' });
    this.merge.add(lane);
    const sink = laneSink(this.merge, lane, { file, clock, isWanted: follow ? isWanted : null });
    const running = reading(file, async () => followFile(file, await open(), sink, this.end.signal, watches))
      // What fails because nobody takes any more need not be told.
      .catch((error: unknown) => this.end.signal.aborted || this.merge.fail(error))
      .then(() => {
        this.running.delete(running);
        this.merge.remove(lane);
        // The position tells of what ended by itself; what was taken away will not be asked for.
        if (!follow) return;
        this.followed.delete(file.path);
        this.known.delete(file.path);
      });
    this.running.add(running);
  }
}

function lookNow(path: string): Stats | null {
  try {
    return statSync(path);
  } catch {
    // There is none yet, or whoever opens it will say what is wrong.
    return null;
  }
}

async function beginningAt<Start extends FollowStart | typeof gone>(file: LogFile, start: Start, now: number): Promise<Beginning | Extract<Start, typeof gone>>;
async function beginningAt(file: LogFile, start: FollowStart | typeof gone, now: number): Promise<Beginning | typeof gone> {
  if (start === gone) return gone;
  if (start === null) return { file, start, place: placeOfNothing(now) };
  if (!isOpen(start)) return { file, start, place: { file: '', since: start.after, offset: 0, line: '' } };
  const { handle, stats, compressed, offset } = start;
  const line = compressed ? '' : ((await closeOnError(handle, () => lineBefore(handle, offset))) ?? '');
  return { file, start, place: { file: fileIdentity(stats), since: stats.mtimeMs, offset, line } };
}

/** Short, the same in every process, and tells nothing of where the file is. */
function keyOf({ process, instance, stream, path }: LogFile): string {
  return digest(`${process}:${instance}:${stream ?? 'both'}:${path}`, 8);
}
