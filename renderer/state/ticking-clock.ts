// One timer for everything on the page that shows how long ago something was; it rests while nobody watches.
import type { Readable } from '../host/readable.ts';

export function createTickingClock(now: () => number): Readable<number> {
  const listeners = new Set<(time: number, before: number) => void>();
  let time = now();
  let timer: ReturnType<typeof setInterval> | null = null;

  const tick = (): void => {
    const before = time;
    time = now();
    for (const listener of listeners) listener(time, before);
  };

  return {
    getState: () => time,
    getInitialState: () => time,
    subscribe: (listener) => {
      listeners.add(listener);
      if (timer === null) {
        time = now();
        timer = setInterval(tick, 1000);
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0 || timer === null) return;
        clearInterval(timer);
        timer = null;
      };
    },
  };
}
