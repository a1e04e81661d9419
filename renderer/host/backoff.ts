// How long to wait before the next try: 250 ms, doubled up to 5 s, and a fifth more or less so that many pages do not come at once.
const firstMs = 250;
const longestMs = 5000;

/** `attempt` counts failed tries from 0; `random` is from 0 to 1. */
export function backoffMs(attempt: number, random: number): number {
  const base = Math.min(longestMs, firstMs * 2 ** Math.min(attempt, 16));
  return Math.round(base * (0.8 + 0.4 * random));
}
