import { expect, it } from 'vitest';
import { paced } from '../../../../electron/supervisor/state/paced.ts';
import { manualClock } from '../../../helpers/manual-clock.ts';

it('acts at once, then once per interval, and never forgets the last wish', () => {
  const clock = manualClock();
  let acts = 0;
  const wish = paced(clock, 1000, () => (acts += 1));
  wish();
  expect(acts).toBe(1);
  for (let round = 0; round < 50; round++) wish();
  expect(acts).toBe(1);
  clock.advance(1000);
  expect(acts).toBe(2);
  clock.advance(10_000);
  expect([acts, clock.pending]).toEqual([2, 0]);
  wish();
  expect(acts).toBe(3);
});
