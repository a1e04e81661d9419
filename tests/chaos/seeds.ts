// Seeds for the suite: one for the long run, and those that ever failed, each with what it found and how long it takes to get there.

export const suiteSeed = 1;

interface Failed {
  readonly seed: number;
  readonly minutes: number;
  readonly found: string;
}

export const failedBefore: readonly Failed[] = [
  { seed: 7, minutes: 0.2, found: 'a shim without socket and supervisor ended its children' },
  { seed: 11, minutes: 0.3, found: 'the same, with both sockets removed' },
  { seed: 14, minutes: 0.5, found: 'the same, with a damaged state' },
  { seed: 15, minutes: 0.2, found: 'the same, and both killed after it' },
];
