import { describe, expect, it } from 'vitest';
import { sumUsage } from '../../../../renderer/state/sum-usage.ts';
import { appendUsage, historyMs, noUsage, seedUsage, type UsageHistory } from '../../../../renderer/state/usage-history.ts';

function history(...points: readonly (readonly [at: number, cpu: number, memory: number])[]): UsageHistory {
  return points.reduce((all, [at, cpu, memory]) => appendUsage(all, at, cpu, memory), noUsage);
}

describe('usage history', () => {
  it('keeps two minutes, however long it is appended to', () => {
    let kept = noUsage;
    for (let second = 0; second < 1000; second += 1) kept = appendUsage(kept, second * 1000, second, second);
    expect(kept.at[0]).toBe(999_000 - historyMs);
    expect(kept.at.at(-1)).toBe(999_000);
    expect([kept.cpuPercent.length, kept.memoryBytes.length]).toEqual([kept.at.length, kept.at.length]);
  });

  it('is bounded in count when measurements come faster', () => {
    let kept = noUsage;
    for (let step = 0; step < 5000; step += 1) kept = appendUsage(kept, step * 10, 1, 1);
    expect(kept.at.length).toBe(150);
    expect(kept.at.at(-1)).toBe(49_990);
  });

  it('drops what was kept before a long break', () => {
    expect(appendUsage(history([1000, 1, 1], [2000, 2, 2]), 2000 + historyMs + 1, 3, 3).at).toEqual([2000 + historyMs + 1]);
  });

  it('leaves out a measurement it has already', () => {
    const kept = history([1000, 1, 1]);
    expect(appendUsage(kept, 1000, 9, 9)).toBe(kept);
  });

  it('puts what the engine remembers before what came since, without doubling', () => {
    const joined = seedUsage(history([1000, 1, 10], [2000, 2, 20], [3000, 3, 30]), history([3000, 33, 330], [4000, 4, 40]));
    expect(joined).toEqual({ at: [1000, 2000, 3000, 4000], cpuPercent: [1, 2, 33, 4], memoryBytes: [10, 20, 330, 40] });
  });

  it('sums instances by moment', () => {
    const sum = sumUsage([history([1000, 1, 10], [2000, 2, 20]), history([2000, 5, 50], [3000, 6, 60])]);
    expect(sum).toEqual({ at: [1000, 2000, 3000], cpuPercent: [1, 7, 6], memoryBytes: [10, 70, 60] });
  });
});
