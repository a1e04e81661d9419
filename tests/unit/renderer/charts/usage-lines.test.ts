import { describe, expect, it } from 'vitest';
import { scaleTop, ticks } from '../../../../renderer/components/charts/axis-ticks.ts';
import { memoryMeasure } from '../../../../renderer/components/charts/measure.ts';
import { chartLines, type UsageLine } from '../../../../renderer/components/charts/usage-lines.ts';
import { usageSummary } from '../../../../renderer/components/charts/usage-summary.ts';

function line(at: readonly number[], values: readonly number[], starts: readonly number[] = []): UsageLine {
  return { label: 'api', colour: 0, at, values, starts };
}

describe('chartLines', () => {
  it('puts instances that were measured together beside each other', () => {
    expect(chartLines([line([1000, 2000], [1, 2]), line([1000, 2000], [3, 4])], 0)).toEqual({ moments: [1, 2], columns: [[1, 2], [3, 4]] });
  });

  it('goes on over moments at which only others were measured', () => {
    expect(chartLines([line([1000, 3000], [1, 3]), line([2000], [2])], 0).columns).toEqual([[1, undefined, 3], [undefined, 2, undefined]]);
  });

  it('has a gap where an instance was down for long, and everywhere in it', () => {
    const { moments, columns } = chartLines([line([1000, 31_000], [1, 2]), line([1000, 11_000, 21_000, 31_000], [5, 6, 7, 8])], 0);
    expect(moments).toEqual([1, 1.001, 11, 21, 31]);
    expect(columns).toEqual([[1, null, null, null, 2], [5, undefined, 6, 7, 8]]);
  });

  it('has a gap at a restart, however short', () => {
    expect(chartLines([line([1000, 2000], [1, 2], [1500])], 0)).toEqual({ moments: [1, 1.001, 2], columns: [[1, null, 2]] });
  });

  it('goes on where an engine that nobody looked at measured every ten seconds', () => {
    expect(chartLines([line([0, 10_000, 20_000], [1, 2, 3])], 0).columns).toEqual([[1, 2, 3]]);
  });

  it('leaves out what is older than the chart', () => {
    expect(chartLines([line([1000, 2000, 3000], [1, 2, 3])], 2000)).toEqual({ moments: [2, 3], columns: [[2, 3]] });
  });
});

describe('scale', () => {
  it.each([[0, 4], [3, 4], [4.5, 6], [37, 40], [98, 150], [250, 300], [799, 1000]])('of a load of %d percent ends at %d', (highest, top) => {
    expect(scaleTop(highest, 'percent', 4)).toBe(top);
    expect(scaleTop(highest, 'percent', 4)).toBeGreaterThanOrEqual(highest);
  });

  it('of memory has round numbers in the unit that fits', () => {
    const top = scaleTop(90 * 1024 ** 2, 'bytes', 4 * 1024 ** 2);
    expect(ticks(top, 'bytes').map(memoryMeasure.formatTick)).toEqual(['0', '25 MiB', '50 MiB', '75 MiB', '100 MiB']);
    const large = scaleTop(1.7 * 1024 ** 3, 'bytes', 0);
    expect(ticks(large, 'bytes').map(memoryMeasure.formatTick)).toEqual(['0', '512 MiB', '1 GiB', '1.5 GiB', '2 GiB']);
  });
});

describe('usageSummary', () => {
  it('says in words what the chart shows', () => {
    const words = { title: 'CPU of the last 10 minutes', format: (value: number) => `${value} %`, clock: (moment: number) => `second ${moment / 1000}` };
    expect(usageSummary([line([1000, 2000, 3000], [3, 9, 5])], words)).toBe('CPU of the last 10 minutes. api: now 5 %, from 3 % to 9 %, highest at second 2.');
    expect(usageSummary([line([], [])], words)).toBe('CPU of the last 10 minutes. api: nothing measured.');
  });
});
