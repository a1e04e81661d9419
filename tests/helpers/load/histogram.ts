// Times in a bounded space, to within two percent: buckets that grow by that much, from 10 µs to ten minutes.

const growth = 1.02;
const leastMs = 0.01;
const bucketCount = 910;

export interface Histogram {
  add(ms: number): void;
  /** `share` from 0 to 1; 0 without any time. */
  quantile(share: number): number;
  readonly max: number;
}

export function createHistogram(): Histogram {
  const buckets = new Uint32Array(bucketCount);
  let total = 0;
  let max = 0;
  return {
    add(ms) {
      const index = Math.ceil(Math.log(Math.max(ms, leastMs) / leastMs) / Math.log(growth));
      const bucket = Math.min(index, bucketCount - 1);
      buckets[bucket] = (buckets[bucket] ?? 0) + 1;
      total += 1;
      max = Math.max(max, ms);
    },
    quantile(share) {
      let seen = 0;
      const index = buckets.findIndex((count) => (seen += count) >= share * total);
      return total === 0 ? 0 : Math.min(leastMs * growth ** index, max);
    },
    get max() {
      return max;
    },
  };
}
