// Brings the lines of several logs together, in the order of time where they tell it. Each log waits with what it has read until
// that is taken, so nothing is read ahead of whoever takes but one portion per log.
import type { Clock } from '../../../shared/model/clock.ts';
import type { LogEntry } from './log-entry.ts';
import { lineDigest, type Place } from './log-place.ts';

export const maxBatchEntries = 256;
/** Long lines make smaller batches. */
const maxBatchCharacters = 256 * 1024;
/** Lines that come one by one are told together; the first one after a silence at once. */
const paceMs = 40;

/** Some lines of one file, and how far in the file they reach. */
export interface Portion {
  readonly texts: readonly string[];
  /** For each line the byte behind it. */
  readonly ends: readonly number[];
  /** Behind the last one. */
  readonly end: Place;
}

export class Lane {
  /** The next entry, with the portion that it is from; null when nothing waits. */
  head: { readonly portion: Portion; readonly index: number; readonly entry: LogEntry } | null = null;
  /** There may be older entries in the file than those that other lanes have. */
  behind = true;
  release: () => void = () => undefined;

  /** `place`: behind what was taken. `parse` gives null for what is not wanted. */
  constructor(
    public place: Place,
    private readonly parse: (text: string) => LogEntry | null,
  ) {}

  /** Goes on to the next wanted line from this one on. Lines are parsed when it is their turn: all at once would take long. */
  seek(portion: Portion, from: number): void {
    this.head = null;
    for (let index = from; index < portion.texts.length; index++) {
      const entry = this.parse(portion.texts[index] ?? '');
      if (entry === null) continue;
      this.head = { portion, index, entry };
      return;
    }
    this.place = portion.end;
    this.release();
  }

  /** Everything in front of the head counts as taken. */
  settle(): void {
    if (this.head === null || this.head.index === 0) return;
    const { portion: { end, ends, texts }, index } = this.head;
    this.place = { ...end, offset: ends[index - 1] ?? end.offset, line: lineDigest(texts[index - 1] ?? '') };
  }
}

/** The taker has gone away. */
export class Closed extends Error {}

export class LogMerge {
  private readonly lanes = new Set<Lane>();
  private failure: { readonly error: unknown } | null = null;
  private closed = false;
  private wake: (() => void) | null = null;
  private takenAt = 0;

  /** `endless`: there may be other lanes later. */
  constructor(
    private readonly clock: Clock,
    private readonly endless: boolean,
  ) {}

  add(lane: Lane): void {
    this.lanes.add(lane);
  }

  /** Nothing more comes from this one. */
  remove(lane: Lane): void {
    this.lanes.delete(lane);
    this.wake?.();
  }

  /** Resolves when all of it was taken. Throws `Closed`. */
  async put(lane: Lane, portion: Portion): Promise<void> {
    if (this.closed) throw new Closed();
    const taken = new Promise<void>((resolve) => (lane.release = resolve));
    lane.seek(portion, 0);
    this.wake?.();
    await taken;
    if (this.closed) throw new Closed();
  }

  /** Everything that was written to this one has been put. */
  caughtUp(lane: Lane): void {
    if (!lane.behind) return;
    lane.behind = false;
    this.wake?.();
  }

  fail(error: unknown): void {
    this.failure ??= { error };
    this.wake?.();
  }

  close(): void {
    this.closed = true;
    for (const lane of this.lanes) lane.release();
    this.wake?.();
  }

  /** The next entries, never none; null when nothing more comes. Throws what a lane has failed with. */
  async take(): Promise<readonly LogEntry[] | null> {
    for (;;) {
      if (this.closed) return null;
      if (this.failure !== null) throw this.failure.error;
      const lanes = [...this.lanes];
      const holding = lanes.filter(({ head }) => head !== null);
      if (holding.length > 0 && lanes.every(({ head, behind }) => head !== null || !behind)) {
        const pause = this.takenAt + paceMs - this.clock.elapsed();
        if (pause <= 0 || pause > paceMs || isPlenty(holding)) {
          this.takenAt = this.clock.elapsed();
          return takeOldest(holding);
        }
        await this.sleep(pause);
      } else if (lanes.length === 0 && !this.endless) return null;
      else await this.sleep(null);
    }
  }

  /** Until something happens, or the time is over. */
  private async sleep(ms: number | null): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = ms === null ? null : this.clock.after(ms, resolve);
      this.wake = () => {
        timer?.cancel();
        resolve();
      };
    });
    this.wake = null;
  }
}

/** A whole batch, or lanes that have not reached the present: nothing is gained by waiting. */
function isPlenty(holding: readonly Lane[]): boolean {
  let count = 0;
  for (const { head, behind } of holding) {
    if (behind) return true;
    if (head !== null) count += head.portion.texts.length - head.index;
  }
  return count >= maxBatchEntries;
}

/** Ends early when a lane is empty that may have older entries than the others. */
function takeOldest(holding: readonly Lane[]): readonly LogEntry[] {
  const left = new Set(holding);
  const entries: LogEntry[] = [];
  for (let characters = 0; entries.length < maxBatchEntries && characters < maxBatchCharacters; ) {
    const lane = oldest(left);
    if (lane === undefined || lane.head === null) break;
    const { entry, portion, index } = lane.head;
    entries.push(entry);
    characters += portion.texts[index]?.length ?? 0;
    lane.seek(portion, index + 1);
    if (lane.head !== null) continue;
    left.delete(lane);
    if (lane.behind) break;
  }
  for (const lane of left) lane.settle();
  return entries;
}

function oldest(lanes: ReadonlySet<Lane>): Lane | undefined {
  let found: Lane | undefined;
  let foundTime = Number.POSITIVE_INFINITY;
  for (const lane of lanes) {
    // What carries no time cannot be ordered and comes first.
    const time = lane.head?.entry.time ?? 0;
    if (time < foundTime) [found, foundTime] = [lane, time];
  }
  return found;
}
