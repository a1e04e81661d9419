// Time is handed in, so that policies can be tested without waiting.

export interface Timer {
  cancel(): void;
}

export interface Clock {
  /** Milliseconds since the epoch, for stamps that a person or another process reads. It jumps when somebody sets the clock. */
  now(): number;
  /** Milliseconds since some moment in the past, for deadlines and durations: it never goes back and never jumps. */
  elapsed(): number;
  after(delayMs: number, run: () => void): Timer;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  after(delayMs, run) {
    const handle = setTimeout(run, delayMs);
    return { cancel: () => clearTimeout(handle) };
  },
};
