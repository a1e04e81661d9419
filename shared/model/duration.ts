// Durations for people.

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
] as const;

/** `420 ms`, `4.2 s`, `3m 20s`, `2h 5m`, `4d 2h`: two figures at most. Negative values count as 0. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 60_000) return `${trimZero((ms / 1000).toFixed(1))} s`;
  for (const [index, [unit, size]] of units.entries()) {
    if (ms < size) continue;
    const smaller = units[index + 1] ?? (['s', 1000] as const);
    const rest = Math.floor((ms % size) / smaller[1]);
    const head = `${Math.floor(ms / size)}${unit}`;
    return rest === 0 ? head : `${head} ${rest}${smaller[0]}`;
  }
  return `${Math.round(ms / 1000)} s`;
}

function trimZero(text: string): string {
  return text.endsWith('.0') ? text.slice(0, -2) : text;
}
