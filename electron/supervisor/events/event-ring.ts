// The newest events in order, each with the number of its place. Bounded: a reader that fell behind finds its place gone.
import type { EngineEvent } from '../../../shared/contract/events.ts';

/** Enough for several minutes of one event a second, or a burst of every process of a large home. */
export const ringCapacity = 512;

export class EventRing {
  private readonly events: EngineEvent[] = [];
  private first = 1;

  /** Number of the newest event; 0 before the first. */
  get newest(): number {
    return this.first + this.events.length - 1;
  }

  push(event: EngineEvent): void {
    this.events.push(event);
    // Dropped in portions, so that a push costs the same whatever the capacity.
    if (this.events.length >= 2 * ringCapacity) this.first += this.events.splice(0, ringCapacity).length;
  }

  /** The event behind place `seen`; null when there is none yet, undefined when it is no longer kept. */
  after(seen: number): EngineEvent | null | undefined {
    if (seen === this.newest) return null;
    return this.events[seen + 1 - this.first];
  }

  /** Whether a reader that has seen this place can go on behind it. */
  reaches(seen: number): boolean {
    return Number.isInteger(seen) && seen <= this.newest && seen + 1 >= this.first;
  }
}
