// The balancer's figures in words and numbers. Pure.
import type { ClusterInstance } from '../../../shared/contract/reports.ts';
import { nothing } from '../../format/numbers.ts';

export const trafficWords: Readonly<Record<ClusterInstance['traffic'], string>> = {
  starting: 'not yet',
  ready: 'ready',
  draining: 'draining',
  ejected: 'ejected',
  none: 'none',
};

/** Two of them with one unit where they have the same: `0.4 / 12 ms`, `12 ms / 1.35 s`. */
export function formatLatencies(one: number | null, other: number | null): string {
  if (one === null && other === null) return nothing;
  const [first, second] = [formatLatency(one), formatLatency(other)];
  const [unit, otherUnit] = [first, second].map((text) => text.split(' ')[1]);
  return unit !== undefined && unit === otherUnit ? `${first.slice(0, -unit.length - 1)} / ${second}` : `${first} / ${second}`;
}

/** `0.4 ms`, `12 ms`, `1.35 s` */
export function formatLatency(ms: number | null): string {
  if (ms === null) return nothing;
  if (ms >= 999.5) return `${(ms / 1000).toFixed(2)} s`;
  return ms < 9.95 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`;
}
