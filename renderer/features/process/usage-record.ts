// Measurements of one instance over the minutes that the charts show, put together from what the engine remembers and what comes.
// Pure; what gives nothing new returns the same record.
import type { UsageHistory } from '../../state/usage-history.ts';

export const chartSpanMs = 600_000;
/** One a second, and those that a change brings in between. */
const maxPoints = 900;

export interface UsageRecord extends UsageHistory {
  /** When its children were started, as far as it was seen. */
  readonly starts: readonly number[];
}

export const emptyRecord: UsageRecord = { at: [], cpuPercent: [], memoryBytes: [], starts: [] };

export function withPoints(record: UsageRecord, more: UsageHistory): UsageRecord {
  const [first, last] = [record.at[0], record.at.at(-1)];
  if (first === undefined || last === undefined) return more.at.length === 0 ? record : bounded({ ...more, starts: record.starts });
  const before = more.at.findIndex((moment) => moment >= first);
  const older = slice(more, 0, before === -1 ? more.at.length : before);
  const after = more.at.findIndex((moment) => moment > last);
  const newer = slice(more, after === -1 ? more.at.length : after, more.at.length);
  if (older.at.length === 0 && newer.at.length === 0) return record;
  return bounded({
    at: [...older.at, ...record.at, ...newer.at],
    cpuPercent: [...older.cpuPercent, ...record.cpuPercent, ...newer.cpuPercent],
    memoryBytes: [...older.memoryBytes, ...record.memoryBytes, ...newer.memoryBytes],
    starts: record.starts,
  });
}

export function withStart(record: UsageRecord, startedAt: number | null): UsageRecord {
  if (startedAt === null || record.starts.includes(startedAt)) return record;
  return { ...record, starts: [...record.starts, startedAt].slice(-maxPoints) };
}

function bounded({ starts, ...points }: UsageRecord): UsageRecord {
  const since = (points.at.at(-1) ?? 0) - chartSpanMs;
  const inSpan = points.at.findIndex((moment) => moment >= since);
  return { ...slice(points, Math.max(inSpan, points.at.length - maxPoints), points.at.length), starts: starts.filter((start) => start >= since) };
}

function slice({ at, cpuPercent, memoryBytes }: UsageHistory, from: number, end: number): UsageHistory {
  return { at: at.slice(from, end), cpuPercent: cpuPercent.slice(from, end), memoryBytes: memoryBytes.slice(from, end) };
}
