// Samples of one measurement, and how they are written: the median, with the least and the greatest beside it.

export type Unit = 'ms' | 'MB' | 'kB' | 'KiB' | '%' | 'req/s';

/** Whether the greater number is the better one. */
export function moreIsBetter(unit: Unit): boolean {
  return unit === 'req/s';
}

export interface Samples {
  readonly unit: Unit;
  readonly values: readonly number[];
  /** Said beside the numbers. */
  readonly beside?: string;
}

export function samples(unit: Unit): { readonly unit: Unit; readonly values: number[] } {
  return { unit, values: [] };
}

/** NaN without values. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

/** `98 ms (95–104)`, or `98 ms` for a single value. */
export function describeSamples({ unit, values, beside }: Samples): string {
  const middle = `${figures(median(values))} ${unit}`;
  const spread = values.length < 2 ? middle : `${middle} (${figures(Math.min(...values))}–${figures(Math.max(...values))})`;
  return beside === undefined ? spread : `${spread}; ${beside}`;
}

/** Three significant figures, without an exponent. */
export function figures(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size >= 100) return Math.round(value).toString();
  if (size >= 10) return value.toFixed(1);
  if (size >= 1) return value.toFixed(2);
  return value.toFixed(3);
}
