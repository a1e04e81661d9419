// Latencies of the last minute or two, in a few hundred counters: no memory grows with the traffic.

/** Each bucket is an eighth of an octave wide: percentiles are right to about 9 %. */
const bucketsPerOctave = 8;
/** From 0.01 ms; 24 octaves reach beyond two minutes. */
const leastMs = 0.01;
const bucketCount = 24 * bucketsPerOctave;
const windowMs = 60_000;

export class LatencyHistogram {
  private current = new Uint32Array(bucketCount);
  private before = new Uint32Array(bucketCount);
  private begun = Number.NEGATIVE_INFINITY;

  add(latencyMs: number, now: number): void {
    this.turn(now);
    const bucket = latencyMs <= leastMs ? 0 : Math.min(bucketCount - 1, Math.floor(Math.log2(latencyMs / leastMs) * bucketsPerOctave));
    this.current[bucket] = (this.current[bucket] ?? 0) + 1;
  }

  /** `share` from 0 to 1; null when nothing was measured lately. */
  percentile(share: number, now: number): number | null {
    this.turn(now);
    const counts = this.current.map((count, bucket) => count + (this.before[bucket] ?? 0));
    const total = counts.reduce((sum, count) => sum + count, 0);
    if (total === 0) return null;
    let seen = 0;
    const bucket = counts.findIndex((count) => (seen += count) >= share * total);
    return leastMs * 2 ** ((bucket + 0.5) / bucketsPerOctave);
  }

  /** Two windows: the older one is thrown away when the newer is full. */
  private turn(now: number): void {
    const age = now - this.begun;
    if (age < windowMs) return;
    this.before = age < 2 * windowMs ? this.current : new Uint32Array(bucketCount);
    this.current = new Uint32Array(bucketCount);
    this.begun = now;
  }
}
