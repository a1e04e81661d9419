// How long to wait before the data plane is tried again: short at first, because most trouble is, and never for long.

const firstMs = 250;
const longestMs = 15_000;

/** `failures`: how many tries in a row have failed, at least 1. Gives 250 ms, 500 ms, … and 15 s at the most. */
export function retryPause(failures: number): number {
  return Math.min(longestMs, firstMs * 2 ** Math.min(failures - 1, 20));
}
