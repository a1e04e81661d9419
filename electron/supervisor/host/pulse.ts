// Whether the data plane lives: a connection stays open when the process behind it was stopped, or is stuck. It is asked now and then,
// and before a command relies on what is known.
import type { Clock, Timer } from '../../../shared/model/clock.ts';

const betweenMs = 5000;
/** Between two looks at a process that has not answered. */
const lookMs = 300;
/** A machine under load is slow; after this nobody is expected to answer any more. */
const patienceMs = 5000;

export interface PulseOptions {
  readonly clock: Clock;
  /** Settles when an answer has come, or when none is to be expected, because the connection has ended. */
  readonly ask: () => Promise<unknown>;
  readonly isStopped: () => Promise<boolean>;
  readonly silent: (why: 'stopped' | 'stuck') => void;
}

export interface Pulse {
  /** Resolves when it has answered, or was found silent. */
  check(): Promise<void>;
  stop(): void;
}

export function createPulse({ clock, ask, isStopped, silent }: PulseOptions): Pulse {
  let checking: Promise<void> | null = null;
  let ended = false;
  let next: Timer = later();

  function later(): Timer {
    return clock.after(betweenMs, () => void check().then(() => {
      if (!ended) next = later();
    }));
  }

  function check(): Promise<void> {
    return (checking ??= look().finally(() => (checking = null)));
  }

  async function look(): Promise<void> {
    const answered = ask().then(() => true, () => true);
    const begin = clock.elapsed();
    while (!ended && !(await within(clock, answered, lookMs))) {
      if (await isStopped()) return say('stopped');
      if (clock.elapsed() - begin >= patienceMs) return say('stuck');
    }
  }

  function say(why: 'stopped' | 'stuck'): void {
    if (!ended) silent(why);
  }

  return {
    check,
    stop() {
      ended = true;
      next.cancel();
    },
  };
}

/** False when it has not settled in time. */
function within(clock: Clock, answered: Promise<boolean>, limitMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = clock.after(limitMs, () => resolve(false));
    void answered.then(() => {
      timer.cancel();
      resolve(true);
    });
  });
}
