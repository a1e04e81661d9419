// The measurements of several instances as those of one. Engines measure all at the same moments.
import { noUsage, type UsageHistory } from './usage-history.ts';

export function sumUsage(histories: readonly UsageHistory[]): UsageHistory {
  const [only] = histories;
  if (only === undefined) return noUsage;
  if (histories.length === 1) return only;
  const sums = new Map<number, { cpuPercent: number; memoryBytes: number }>();
  for (const { at, cpuPercent, memoryBytes } of histories) {
    for (const [index, moment] of at.entries()) {
      const sum = sums.get(moment) ?? { cpuPercent: 0, memoryBytes: 0 };
      sum.cpuPercent += cpuPercent[index] ?? 0;
      sum.memoryBytes += memoryBytes[index] ?? 0;
      sums.set(moment, sum);
    }
  }
  const ordered = [...sums].sort(([a], [b]) => a - b);
  return { at: ordered.map(([at]) => at), cpuPercent: ordered.map(([, sum]) => sum.cpuPercent), memoryBytes: ordered.map(([, sum]) => sum.memoryBytes) };
}
