// Counts wrong keys: whoever guesses gets only so many answers a second. The right key is not counted, so that guessing by
// one program cannot keep the owner out.
export interface TryLimit {
  /** A wrong key was shown. False: too many of them lately. */
  wrong(): boolean;
}

export function createTryLimit(perSecond: number, now: () => number): TryLimit {
  let times: readonly number[] = [];
  return {
    wrong() {
      times = [...times.filter((time) => time > now() - 1000), now()].slice(-perSecond - 1);
      return times.length <= perSecond;
    },
  };
}
