import { expect, it } from 'vitest';
import { createStoppableClock } from '../../../electron/supervisor/stoppable-clock.ts';
import { manualClock } from '../../helpers/manual-clock.ts';

it('runs nothing that was armed, and arms nothing, once it is stopped', () => {
  const base = manualClock();
  const clock = createStoppableClock(base);
  const ran: string[] = [];
  clock.after(10, () => ran.push('before'));
  clock.after(20, () => ran.push('cancelled')).cancel();
  clock.after(30, () => ran.push('armed'));
  base.advance(20);
  clock.stop();
  clock.after(1, () => ran.push('after'));
  base.advance(100);
  expect([ran, base.pending]).toEqual([['before'], 0]);
});
