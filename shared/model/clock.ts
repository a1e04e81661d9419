// Time is handed in, so that policies can be tested without waiting.

export interface Timer {
  cancel(): void;
}

export interface Clock {
  /** Milliseconds since the epoch, for stamps that a person or another process reads. It jumps when somebody sets the clock. */
  now(): number;
  /** Milliseconds since some moment in the past, for deadlines and durations: it never goes back and never jumps. */
  elapsed(): number;
  /** Runs when `elapsed` has grown by `delayMs`, and never before: what is due at that moment is found due. */
  after(delayMs: number, run: () => void): Timer;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  after(delayMs, run) {
    const due = performance.now() + delayMs;
    // Timers count in whole milliseconds and may come a fraction of one early (libuv).
    const check = (): void => {
      const left = due - performance.now();
      if (left > 0) handle = setTimeout(check, Math.ceil(left));
      else run();
    };
    let handle = setTimeout(check, delayMs);
    return { cancel: () => clearTimeout(handle) };
  },
};
