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

/** Some lines of one file, those that are wanted of them, and how far in the file they reach. */
export interface Portion {
  readonly entries: readonly LogEntry[];
  /** For each entry its line and the byte behind that. */
  readonly texts: readonly string[];
  readonly ends: readonly number[];
  /** Behind the last line, wanted or not. */
  readonly end: Place;
}

export class Lane {
  /** Of entries that wait; null when there are none. */
  portion: Portion | null = null;
  next = 0;
  /** There may be older entries in the file than those that other lanes have. */
  behind = true;
  release: () => void = () => undefined;

  /** `place`: behind what was taken. */
  constructor(public place: Place) {}
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
    if (portion.entries.length === 0) {
      lane.place = portion.end;
      return;
    }
    lane.portion = portion;
    lane.next = 0;
    this.wake?.();
    await new Promise<void>((resolve) => (lane.release = resolve));
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
      const holding = lanes.filter(({ portion }) => portion !== null);
      if (holding.length > 0 && lanes.every(({ portion, behind }) => portion !== null || !behind)) {
        const pause = this.takenAt + paceMs - this.clock.now();
        if (pause <= 0 || pause > paceMs || isPlenty(holding)) {
          this.takenAt = this.clock.now();
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
  for (const { portion, next, behind } of holding) {
    if (behind) return true;
    count += (portion?.entries.length ?? 0) - next;
  }
  return count >= maxBatchEntries;
}

/** Ends early when a lane is empty that may have older entries than the others. */
function takeOldest(holding: readonly Lane[]): readonly LogEntry[] {
  const left = new Set(holding);
  const entries: LogEntry[] = [];
  for (let characters = 0; entries.length < maxBatchEntries && characters < maxBatchCharacters; ) {
    const lane = oldest(left);
    const portion = lane?.portion;
    const entry = portion?.entries[lane?.next ?? 0];
    if (lane === undefined || !portion || entry === undefined) break;
    entries.push(entry);
    characters += portion.texts[lane.next]?.length ?? 0;
    lane.next += 1;
    if (lane.next < portion.entries.length) continue;
    left.delete(lane);
    lane.place = portion.end;
    lane.portion = null;
    lane.release();
    if (lane.behind) break;
  }
  for (const lane of left) if (lane.portion !== null && lane.next > 0) lane.place = placeWithin(lane.portion, lane.next - 1);
  return entries;
}

function oldest(lanes: ReadonlySet<Lane>): Lane | undefined {
  if (lanes.size === 1) return lanes.values().next().value;
  let found: Lane | undefined;
  let foundTime = Number.POSITIVE_INFINITY;
  for (const lane of lanes) {
    // What carries no time cannot be ordered and comes first.
    const time = lane.portion?.entries[lane.next]?.time ?? 0;
    if (time < foundTime) [found, foundTime] = [lane, time];
  }
  return found;
}

function placeWithin({ end, texts, ends }: Portion, index: number): Place {
  return { ...end, offset: ends[index] ?? end.offset, line: lineDigest(texts[index] ?? '') };
}
