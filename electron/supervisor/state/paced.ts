// Something that is wished for often and done at a pace: at once after a quiet time, and then once per interval at most.
import type { Clock } from '../../../shared/model/clock.ts';

/** The last wish is never lost: when it comes within the interval, it is done at its end. */
export function paced(clock: Clock, intervalMs: number, act: () => void): () => void {
  let resting = false;
  let again = false;
  const wish = (): void => {
    if (resting) {
      again = true;
      return;
    }
    resting = true;
    again = false;
    act();
    clock.after(intervalMs, () => {
      resting = false;
      if (again) wish();
    });
  };
  return wish;
}
