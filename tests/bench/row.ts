// One line of the results: what was asked for, what came out, and whether it is enough.
import { describeSamples, figures, median, moreIsBetter, type Samples, type Unit } from './stats.ts';

export interface Row {
  readonly figure: string;
  readonly target: string;
  readonly tspm: string;
  readonly baseline: string;
  readonly pm2: string;
  readonly ratio: string;
  readonly verdict: string;
}

interface Measured {
  readonly figure: string;
  readonly tspm: Samples;
  readonly baseline?: Samples;
  readonly pm2?: Samples;
  /** Where the time or memory goes; said when the target is missed. */
  readonly ifMissed: string;
}

/** The target is a share of the baseline or of PM2. */
export function ratioRow(measured: Measured & { readonly limit: number; readonly against: 'baseline' | 'pm2'; readonly called: string }): Row {
  const { tspm, limit, against, called } = measured;
  const other = measured[against];
  if (other === undefined) throw new Error(`${measured.figure}: nothing to compare with`);
  const ratio = median(tspm.values) / median(other.values);
  return row(measured, `${sign(tspm.unit)} ${limit} × ${called}`, `${figures(ratio)} × ${called}`, reaches(ratio, limit, tspm.unit));
}

/** The target is a plain number in the unit of the samples. */
export function limitRow(measured: Measured & { readonly limit: number }): Row {
  const { tspm, limit } = measured;
  return row(measured, `${sign(tspm.unit)} ${limit} ${tspm.unit}`, ratios(measured), reaches(median(tspm.values), limit, tspm.unit));
}

/** A figure without a target, that makes the others easier to judge. */
export function comparisonRow(measured: Omit<Measured, 'ifMissed'>): Row {
  return { ...row({ ...measured, ifMissed: '' }, 'none, for comparison', ratios(measured), true), verdict: '–' };
}

/** Nothing may fail. The texts say how much did, out of how much. */
export function noFailureRow({ figure, tspm, failed, pm2 = '–' }: { readonly figure: string; readonly tspm: string; readonly failed: number; readonly pm2?: string }): Row {
  return { figure, target: '0 failed', tspm, baseline: '–', pm2, ratio: '–', verdict: failed === 0 ? 'met' : `missed: ${failed} failed` };
}

/** A figure that could not be measured here. */
export function skippedRow(figure: string, target: string, reason: string): Row {
  return { figure, target, tspm: '–', baseline: '–', pm2: '–', ratio: '–', verdict: `skipped: ${reason}` };
}

function sign(unit: Unit): string {
  return moreIsBetter(unit) ? '≥' : '≤';
}

function reaches(value: number, limit: number, unit: Unit): boolean {
  return moreIsBetter(unit) ? value >= limit : value <= limit;
}

function ratios({ tspm, baseline, pm2 }: Omit<Measured, 'ifMissed'>): string {
  const against = ([[baseline, 'baseline'], [pm2, 'PM2']] as const).flatMap(([other, name]) => {
    const ratio = other === undefined ? Number.NaN : median(tspm.values) / median(other.values);
    return Number.isFinite(ratio) ? [`${figures(ratio)} × ${name}`] : [];
  });
  return against.join(', ') || '–';
}

function row({ figure, tspm, baseline, pm2, ifMissed }: Measured, target: string, ratio: string, met: boolean): Row {
  return {
    figure,
    target,
    tspm: describeSamples(tspm),
    baseline: baseline === undefined ? '–' : describeSamples(baseline),
    pm2: pm2 === undefined ? '–' : describeSamples(pm2),
    ratio,
    verdict: met ? 'met' : `missed: ${ifMissed}`,
  };
}
