import { expect, it } from 'vitest';
import { backoffMs } from '../../../../renderer/host/backoff.ts';

it('doubles from 250 ms up to 5 s', () => {
  expect([0, 1, 2, 3, 4, 5, 6, 60].map((attempt) => backoffMs(attempt, 0.5))).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000, 5000]);
});

it('spreads by a fifth', () => {
  expect([backoffMs(10, 0), backoffMs(10, 1)]).toEqual([4000, 6000]);
});
