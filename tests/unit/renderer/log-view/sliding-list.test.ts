import { describe, expect, it } from 'vitest';
import { SlidingList } from '../../../../renderer/components/log-view/sliding-list.ts';

describe('SlidingList', () => {
  it('is what an array would be after any mix of growing and dropping', () => {
    const list = new SlidingList<number>();
    let plain: number[] = [];
    let next = 0;
    for (let round = 0; round < 400; round += 1) {
      for (let count = (round * 7) % 23; count > 0; count -= 1) {
        list.push(next);
        plain.push(next);
        next += 1;
      }
      const dropped = (round * 5) % 17;
      list.dropFirst(dropped);
      plain = plain.slice(dropped);
      expect(list.length).toBe(plain.length);
      expect([list.at(0), list.at(plain.length - 1), list.at(plain.length), list.at(-1)]).toEqual([plain[0], plain.at(-1), undefined, undefined]);
    }
    expect(Array.from({ length: list.length }, (_, index) => list.at(index))).toEqual(plain);
  });

  it('finds the first item of those that qualify', () => {
    const list = new SlidingList<number>();
    for (const item of [1, 3, 5, 7, 9]) list.push(item);
    list.dropFirst(1);
    expect([0, 3, 4, 9, 10].map((wanted) => list.firstIndex((item) => item >= wanted))).toEqual([0, 0, 1, 3, 4]);
  });
});
