import { expect, it } from 'vitest';
import { systemClock } from '../../../../shared/model/clock.ts';

it('never comes before its time by the clock that it is measured with', async () => {
  const early: number[] = [];
  for (let round = 0; round < 40; round += 1) {
    const delayMs = 1 + (round % 7) + Math.random();
    const begin = systemClock.elapsed();
    await new Promise<void>((resolve) => void systemClock.after(delayMs, resolve));
    const took = systemClock.elapsed() - begin;
    if (took < delayMs) early.push(took - delayMs);
  }
  expect(early).toEqual([]);
});

it('does not come when it was cancelled, also after it came early', async () => {
  let came = false;
  const timer = systemClock.after(2.9, () => (came = true));
  await new Promise<void>((resolve) => void systemClock.after(1, resolve));
  timer.cancel();
  await new Promise<void>((resolve) => void systemClock.after(10, resolve));
  expect(came).toBe(false);
});
