// What a chart measures, and how its numbers are written.
import { formatBytes, formatCpu } from '../../format/numbers.ts';
import type { Unit } from './axis-ticks.ts';

export interface Measure {
  readonly title: string;
  /** What its numbers are of; null where that is plain. */
  readonly note: string | null;
  readonly unit: Unit;
  /** The scale goes at least up to here, so that noise around zero does not look like work. */
  readonly least: number;
  readonly format: (value: number) => string;
  readonly formatTick: (value: number) => string;
}

export const cpuMeasure: Measure = {
  title: 'CPU',
  note: 'of one core',
  unit: 'percent',
  least: 4,
  format: formatCpu,
  formatTick: (value) => `${Number(value.toFixed(2))} %`,
};

export const memoryMeasure: Measure = {
  title: 'Memory',
  note: null,
  unit: 'bytes',
  least: 4 * 1024 * 1024,
  format: formatBytes,
  formatTick: (value) => {
    const power = value < 1 ? 0 : Math.min(4, Math.floor(Math.log(value) / Math.log(1024) + 1e-9));
    return value < 1 ? '0' : `${Number((value / 1024 ** power).toFixed(2))} ${['B', 'KiB', 'MiB', 'GiB', 'TiB'][power] ?? ''}`;
  },
};
