// A clock that stands still until a test moves it.
import type { Clock, Timer } from '../../shared/model/clock.ts';

export interface ManualClock extends Clock {
  /** Moves the time forward and runs what falls due, in order. */
  advance(ms: number): void;
  /** As somebody who sets the machine's clock: `now` jumps, `elapsed` and the timers do not notice. */
  jump(ms: number): void;
  /** Timers that are armed. */
  readonly pending: number;
}

export function manualClock(start = 1_000_000): ManualClock {
  let time = start;
  let ahead = 0;
  const timers = new Set<{ readonly at: number; readonly run: () => void }>();
  return {
    now: () => time + ahead,
    // Far from the wall's time, so that a test notices who takes one for the other.
    elapsed: () => time - start + 5000,
    after(delayMs, run): Timer {
      const timer = { at: time + delayMs, run };
      timers.add(timer);
      return { cancel: () => void timers.delete(timer) };
    },
    advance(ms) {
      const end = time + ms;
      for (;;) {
        const due = [...timers].filter((one) => one.at <= end).sort((a, b) => a.at - b.at)[0];
        if (due === undefined) break;
        timers.delete(due);
        time = Math.max(time, due.at);
        due.run();
      }
      time = end;
    },
    jump(ms) {
      ahead += ms;
    },
    get pending() {
      return timers.size;
    },
  };
}
