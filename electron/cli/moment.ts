// `--since`: a moment as people write it.

const unitMs = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/** `10m`, `1.5h`, `2d` before now, or a date as Date.parse takes it (ISO 8601; without a zone it is local). null: neither. */
export function parseMoment(text: string, now: number): number | null {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d|w)$/.exec(text.trim());
  if (match !== null) return now - Number(match[1]) * unitMs[match[2] as keyof typeof unitMs];
  // A bare number or word is more likely a mistake than a year.
  const time = /^\d{4}-\d{2}-\d{2}/.test(text.trim()) ? Date.parse(text.trim().replace(' ', 'T')) : Number.NaN;
  return Number.isNaN(time) ? null : time;
}
