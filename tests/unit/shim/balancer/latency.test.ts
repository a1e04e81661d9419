import { expect, it } from 'vitest';
import { LatencyHistogram } from '../../../../electron/shim/balancer/latency.ts';

it('gives percentiles to within a tenth, of the last minute or two', () => {
  const histogram = new LatencyHistogram();
  expect(histogram.percentile(0.5, 0)).toBeNull();
  for (let ms = 1; ms <= 100; ms += 1) histogram.add(ms, 1000);
  const near = (share: number, expected: number, now = 1000) => expect(Math.abs((histogram.percentile(share, now) ?? 0) / expected - 1)).toBeLessThan(0.1);
  near(0.5, 50);
  near(0.99, 99);
  near(0.5, 50, 61_000);
  expect(histogram.percentile(0.5, 200_000)).toBeNull();
});

it('takes what is out of its range', () => {
  const histogram = new LatencyHistogram();
  for (const ms of [0, 1e-9, 1e9]) histogram.add(ms, 0);
  expect(histogram.percentile(0, 0)).toBeGreaterThan(0);
  expect(histogram.percentile(1, 0)).toBeLessThan(1_000_000);
});
