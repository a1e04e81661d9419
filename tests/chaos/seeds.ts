// Seeds for the suite: one for the long run, and those that ever failed, each with what it found.

export const suiteSeed = 1;

export const failedBefore: readonly { readonly seed: number; readonly found: string }[] = [];
