// A band as the three lines that a chart draws of it. Pure.
import { bandLooks } from '../../components/charts/line-look.ts';
import type { UsageLine } from '../../components/charts/usage-lines.ts';
import type { BandPoint, Spread } from './band-record.ts';

export function bandLines(points: readonly BandPoint[], measure: 'cpuPercent' | 'memoryBytes'): readonly UsageLine[] {
  const at = points.map((point) => point.at);
  return bandLooks.map((look) => ({ ...look, at, values: points.map((point) => valueOf[look.label](point[measure], point.count)), starts: [] }));
}

const valueOf: Readonly<Record<(typeof bandLooks)[number]['label'], (spread: Spread, count: number) => number>> = {
  highest: ({ highest }) => highest,
  mean: ({ sum }, count) => sum / count,
  lowest: ({ lowest }) => lowest,
};
