// A clock whose timers end together: an engine that was left decides nothing any more.
import type { Clock, Timer } from '../../shared/model/clock.ts';

export interface StoppableClock extends Clock {
  /** Nothing that was armed runs, and nothing can be armed. */
  stop(): void;
}

export function createStoppableClock(clock: Clock): StoppableClock {
  const armed = new Set<Timer>();
  let stopped = false;
  return {
    now: () => clock.now(),
    elapsed: () => clock.elapsed(),
    after(delayMs, run) {
      if (stopped) return { cancel: () => undefined };
      const timer = clock.after(delayMs, () => {
        armed.delete(timer);
        run();
      });
      armed.add(timer);
      return {
        cancel() {
          armed.delete(timer);
          timer.cancel();
        },
      };
    },
    stop() {
      stopped = true;
      for (const timer of armed) timer.cancel();
      armed.clear();
    },
  };
}
