// The last measurements of one instance, for the numbers and sparklines of a table. Bounded in count and in time.

export interface UsageHistory {
  /** Moments of the engine's clock, oldest first; the three lists have the same length. */
  readonly at: readonly number[];
  /** Percent of one core. */
  readonly cpuPercent: readonly number[];
  readonly memoryBytes: readonly number[];
}

export const historyMs = 120_000;
const maxPoints = 150;

export const noUsage: UsageHistory = { at: [], cpuPercent: [], memoryBytes: [] };

/** What is older than the newest, or not newer than what is there, is left out. */
export function appendUsage(history: UsageHistory, at: number, cpuPercent: number, memoryBytes: number): UsageHistory {
  const last = history.at.at(-1);
  if (last !== undefined && at <= last) return history;
  const oldest = history.at.findIndex((moment) => moment >= at - historyMs);
  const from = oldest === -1 ? history.at.length : Math.max(oldest, history.at.length + 1 - maxPoints);
  return {
    at: [...history.at.slice(from), at],
    cpuPercent: [...history.cpuPercent.slice(from), cpuPercent],
    memoryBytes: [...history.memoryBytes.slice(from), memoryBytes],
  };
}

/** Puts what an engine remembers before what was measured since; both are of the same instance. */
export function seedUsage(seed: UsageHistory, since: UsageHistory): UsageHistory {
  const first = since.at[0] ?? Number.POSITIVE_INFINITY;
  const end = seed.at.findIndex((moment) => moment >= first);
  const until = end === -1 ? seed.at.length : end;
  const joined = {
    at: [...seed.at.slice(0, until), ...since.at],
    cpuPercent: [...seed.cpuPercent.slice(0, until), ...since.cpuPercent],
    memoryBytes: [...seed.memoryBytes.slice(0, until), ...since.memoryBytes],
  };
  const newest = joined.at.at(-1) ?? 0;
  const oldest = joined.at.findIndex((moment) => moment >= newest - historyMs);
  const from = Math.max(oldest, joined.at.length - maxPoints);
  return { at: joined.at.slice(from), cpuPercent: joined.cpuPercent.slice(from), memoryBytes: joined.memoryBytes.slice(from) };
}
