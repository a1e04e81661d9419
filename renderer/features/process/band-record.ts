// Measurements of very many instances over the minutes that the charts show: at each moment the highest, the mean and the lowest
// of them. Costs the same to keep and to draw however many there are.
import type { UsageHistory } from '../../state/usage-history.ts';
import { chartSpanMs } from './usage-record.ts';

export interface Spread {
  readonly highest: number;
  readonly lowest: number;
  readonly sum: number;
}

export interface BandPoint {
  readonly at: number;
  readonly count: number;
  readonly cpuPercent: Spread;
  readonly memoryBytes: Spread;
}

/** One a second, and those that a change brings in between. */
const maxPoints = 900;

export class BandRecord {
  #points: BandPoint[] = [];

  /** Oldest first; another array after every change. */
  get points(): readonly BandPoint[] {
    return this.#points;
  }

  /** Measurements of some instances that are not in it yet. */
  add(histories: readonly UsageHistory[]): void {
    const points = [...this.#points];
    for (const history of histories) join(points, history);
    const since = (points.at(-1)?.at ?? 0) - chartSpanMs;
    const inSpan = points.findIndex((point) => point.at >= since);
    this.#points = points.slice(Math.max(inSpan, points.length - maxPoints));
  }
}

function join(points: BandPoint[], { at, cpuPercent, memoryBytes }: UsageHistory): void {
  // Both lists are in the order of time: the place of the next one is never before that of the last one. Mostly it is the end.
  const newest = points.at(-1);
  let place = newest !== undefined && newest.at <= (at[0] ?? 0) ? points.length - 1 : 0;
  at.forEach((moment, index) => {
    while ((points[place]?.at ?? Number.POSITIVE_INFINITY) < moment) place += 1;
    const [cpu, memory] = [cpuPercent[index], memoryBytes[index]];
    if (cpu === undefined || memory === undefined) return;
    const there = points[place];
    if (there?.at === moment) points[place] = joined(there, cpu, memory);
    else points.splice(place, 0, { at: moment, count: 1, cpuPercent: alone(cpu), memoryBytes: alone(memory) });
  });
}

function joined({ at, count, cpuPercent, memoryBytes }: BandPoint, cpu: number, memory: number): BandPoint {
  return { at, count: count + 1, cpuPercent: wider(cpuPercent, cpu), memoryBytes: wider(memoryBytes, memory) };
}

function wider({ highest, lowest, sum }: Spread, value: number): Spread {
  return { highest: Math.max(highest, value), lowest: Math.min(lowest, value), sum: sum + value };
}

function alone(value: number): Spread {
  return { highest: value, lowest: value, sum: value };
}
