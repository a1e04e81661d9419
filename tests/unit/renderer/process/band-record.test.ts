import { describe, expect, it } from 'vitest';
import { bandLines } from '../../../../renderer/features/process/band-lines.ts';
import { BandRecord } from '../../../../renderer/features/process/band-record.ts';
import { chartSpanMs } from '../../../../renderer/features/process/usage-record.ts';

function points(values: Readonly<Record<number, number>>) {
  const at = Object.keys(values).map(Number);
  return { at, cpuPercent: Object.values(values), memoryBytes: Object.values(values).map((value) => value * 100) };
}

describe('BandRecord', () => {
  it('is the highest, the mean and the lowest of those that were measured', () => {
    const record = new BandRecord();
    record.add([points({ 1000: 1, 2000: 4, 3000: 7 }), points({ 1000: 3, 3000: 1 })]);
    record.add([points({ 500: 9, 1000: 2, 2500: 5 })]);
    const [highest, mean, lowest] = bandLines(record.points, 'cpuPercent');
    expect(highest).toMatchObject({ label: 'highest', at: [500, 1000, 2000, 2500, 3000], values: [9, 3, 4, 5, 7] });
    expect(mean?.values).toEqual([9, 2, 4, 5, 4]);
    expect(lowest?.values).toEqual([9, 1, 4, 5, 1]);
    expect(bandLines(record.points, 'memoryBytes')[0]?.values).toEqual([900, 300, 400, 500, 700]);
  });

  it('forgets what the charts do not show any more, and never holds more than they could', () => {
    const record = new BandRecord();
    record.add([points({ 1000: 1, 2000: 2 })]);
    record.add([points({ [2000 + chartSpanMs]: 3 })]);
    expect(record.points.map(({ at }) => at)).toEqual([2000, 2000 + chartSpanMs]);
    for (let moment = 0; moment < 2000; moment += 1) record.add([points({ [3_000_000 + moment]: 1 })]);
    expect(record.points.length).toBe(900);
  });
});
