import { describe, expect, it } from 'vitest';
import { chartSpanMs, emptyRecord, withPoints, withStart } from '../../../../renderer/features/process/usage-record.ts';

function points(...at: readonly number[]) {
  return { at, cpuPercent: at.map((moment) => moment / 1000), memoryBytes: at.map((moment) => moment * 10) };
}

describe('usage record', () => {
  it('grows at its end, and takes nothing twice', () => {
    const record = withPoints(emptyRecord, points(1000, 2000));
    expect(withPoints(record, points(1000, 2000))).toBe(record);
    expect(withPoints(record, points(2000, 3000)).at).toEqual([1000, 2000, 3000]);
  });

  it('takes what the engine remembers in front of what came meanwhile', () => {
    const live = withPoints(emptyRecord, points(5000, 6000));
    const both = withPoints(live, points(3000, 4000, 5000));
    expect(both).toMatchObject({ at: [3000, 4000, 5000, 6000], cpuPercent: [3, 4, 5, 6], memoryBytes: [30_000, 40_000, 50_000, 60_000] });
  });

  it('forgets what the charts do not show any more', () => {
    const old = withStart(withPoints(emptyRecord, points(1000, 2000)), 1500);
    const record = withPoints(old, points(1500 + chartSpanMs + 1));
    expect([record.at, record.starts]).toEqual([[2000, 1500 + chartSpanMs + 1], []]);
  });

  it('never holds more than the charts could show', () => {
    let record = emptyRecord;
    for (let moment = 0; moment < 3000; moment += 1) record = withPoints(record, points(moment * 100));
    expect(record.at.length).toBeLessThanOrEqual(900);
    expect(record.at.at(-1)).toBe(299_900);
  });

  it('remembers each start once', () => {
    const record = withStart(emptyRecord, 1000);
    expect(withStart(record, 1000)).toBe(record);
    expect(withStart(record, null)).toBe(record);
    expect(withStart(record, 2000).starts).toEqual([1000, 2000]);
  });
});
