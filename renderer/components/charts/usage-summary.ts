// A chart in words, for those who do not see it. Pure.
import type { UsageLine } from './usage-lines.ts';

export interface SummaryWords {
  readonly title: string;
  readonly format: (value: number) => string;
  readonly clock: (moment: number) => string;
}

/** `CPU of the last 10 minutes. api:0: now 3.2 %, from 1.0 % to 45.0 %, highest at 14:03:07.` */
export function usageSummary(lines: readonly UsageLine[], { title, format, clock }: SummaryWords): string {
  const sentences = lines.map(({ label, at, values }) => {
    const [now, highest] = [values.at(-1), Math.max(...values)];
    if (now === undefined) return `${label}: nothing measured.`;
    const when = at[values.indexOf(highest)] ?? 0;
    return `${label}: now ${format(now)}, from ${format(Math.min(...values))} to ${format(highest)}, highest at ${clock(when)}.`;
  });
  return [`${title}.`, ...(sentences.length === 0 ? ['Nothing measured yet.'] : sentences)].join(' ');
}
