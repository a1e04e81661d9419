// Where the scale of a chart ends and where its lines are drawn: round numbers in the unit that is shown. Pure.

const steps = [1, 2, 2.5, 5, 10];

/** Percent: 1, 2, 5, 10, … Bytes: the same in the unit that fits, powers of 1024. */
export type Unit = 'percent' | 'bytes';

/** The largest value the scale shows, never less than `least`; with some room above `highest`. */
export function scaleTop(highest: number, unit: Unit, least: number): number {
  const wanted = Math.max(highest * 1.08, least);
  const step = stepFor(wanted, unit);
  return Math.ceil(wanted / step) * step;
}

/** Where lines are drawn: some four of them, from 0 on. */
export function ticks(top: number, unit: Unit): readonly number[] {
  const step = stepFor(top, unit);
  return Array.from({ length: Math.floor(top / step + 1e-9) + 1 }, (_, index) => index * step);
}

function stepFor(top: number, unit: Unit): number {
  const base = unit === 'percent' ? 1 : 1024 ** Math.max(0, Math.floor(Math.log(Math.max(1, top)) / Math.log(1024) + 1e-9));
  const rough = top / base / 4;
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const step = steps.find((candidate) => candidate * magnitude >= rough - 1e-9) ?? 10;
  return step * magnitude * base;
}
