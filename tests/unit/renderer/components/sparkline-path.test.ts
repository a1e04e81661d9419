import { describe, expect, it } from 'vitest';
import { sparklinePath } from '../../../../renderer/components/sparkline-path.ts';

const box = { spanMs: 10_000, width: 100, height: 20 } as const;

describe('a sparkline', () => {
  it('is nothing without measurements', () => {
    expect(sparklinePath({ ...box, at: [], values: [], scale: { atLeast: 5 } })).toEqual({ line: '', area: '' });
  });

  it('ends at the right edge with the newest, and leaves out what is older than its span', () => {
    const { line } = sparklinePath({ ...box, at: [0, 15_000, 20_000], values: [1, 1, 1], scale: { atLeast: 5 } });
    expect(line).toMatch(/^M50 [\d.]+L100 [\d.]+$/);
  });

  it('keeps a quiet process low', () => {
    const height = (value: number): number => Number(/ ([\d.]+)$/.exec(sparklinePath({ ...box, at: [0, 1000], values: [value, value], scale: { atLeast: 5 } }).line)?.[1]);
    expect(height(0)).toBe(19);
    expect(height(0.1)).toBeGreaterThan(18);
    expect(height(5)).toBeLessThan(3);
  });

  it('joins nothing over a time in which nothing was measured', () => {
    const { line, area } = sparklinePath({ ...box, spanMs: 100_000, at: [0, 1000, 60_000, 61_000], values: [1, 1, 1, 1], scale: { atLeast: 5 } });
    expect(line.match(/M/g)?.length).toBe(2);
    expect(area.match(/Z/g)?.length).toBe(2);
  });

  it('draws a level that hardly changes in the middle', () => {
    const { line } = sparklinePath({ ...box, at: [0, 10_000], values: [1000, 1010], scale: 'level' });
    const heights = [...line.matchAll(/ ([\d.]+)/g)].map(([, y]) => Number(y));
    for (const y of heights) expect(Math.abs(y - 10)).toBeLessThan(2);
  });
});
