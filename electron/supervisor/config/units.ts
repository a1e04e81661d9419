// Durations and sizes as people write them.

const millisecondsOf: Readonly<Record<string, number>> = { '': 1, ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const bytesOf: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

/** Node's timers wrap around above this (2^31 - 1 ms, 24.8 days). */
export const maxTimerMs = 2_147_483_647;

export const durationPattern = /^(\d{1,12}(?:\.\d{1,6})?)\s?(ms|s|m|h|d|)$/;
export const sizePattern = /^(\d{1,15}(?:\.\d{1,6})?)\s?([KkMmGg]?)(?:i?[Bb])?$/;

/** Milliseconds of `500ms`, `30s`, `5m`, `2h`, `1d` or a bare number; NaN for anything else. */
export function durationMs(text: string): number {
  return measure(durationPattern.exec(text), millisecondsOf);
}

/** Bytes of `200K`, `200M`, `1G` (binary: K is 1024) or a bare number; NaN for anything else. */
export function sizeBytes(text: string): number {
  return measure(sizePattern.exec(text), bytesOf);
}

function measure(match: RegExpExecArray | null, factors: Readonly<Record<string, number>>): number {
  const factor = factors[(match?.[2] ?? '').toLowerCase()];
  return match === null || factor === undefined ? Number.NaN : Math.round(Number(match[1]) * factor);
}
