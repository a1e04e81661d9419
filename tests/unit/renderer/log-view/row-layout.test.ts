import { describe, expect, it } from 'vitest';
import { evenLayout, unevenLayout } from '../../../../renderer/components/log-view/row-layout.ts';

describe('row layouts', () => {
  it('agree where every row is one line high', () => {
    const [even, uneven] = [evenLayout(50), unevenLayout(50, () => 1)];
    expect(uneven.total).toBe(even.total);
    for (const offset of [-3, 0, 0.5, 17.9, 49, 80]) expect(uneven.indexAt(offset)).toBe(even.indexAt(offset));
    for (const index of [0, 1, 49, 50]) expect(uneven.offsetOf(index)).toBe(even.offsetOf(index));
  });

  it('finds rows of different heights', () => {
    const layout = unevenLayout(4, (index) => [1, 3, 1, 2][index] ?? 0);
    expect([0, 1, 2, 3, 4].map((index) => layout.offsetOf(index))).toEqual([0, 1, 4, 5, 7]);
    expect([0, 0.9, 1, 3.9, 4, 5, 6.5, 9].map((offset) => layout.indexAt(offset))).toEqual([0, 0, 1, 1, 2, 3, 3, 3]);
    expect(unevenLayout(0, () => 1).indexAt(3)).toBe(0);
  });
});
