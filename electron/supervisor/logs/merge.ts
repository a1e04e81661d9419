// Several logs as one, in the order of time. What carries no time cannot be ordered and comes first, file by file.
import type { LogEntry } from './log-entry.ts';

/** For lists in memory. Entries of one list keep their order. */
export function orderByTime(lists: readonly (readonly LogEntry[])[]): readonly LogEntry[] {
  const timeless = lists.filter((list) => list.some((entry) => entry.time === null)).flat();
  const timed = lists.filter((list) => list.every((entry) => entry.time !== null)).flat();
  // Array.prototype.sort is stable (ECMAScript 2019).
  return [...timeless, ...timed.sort((a, b) => (a.time ?? 0) - (b.time ?? 0))];
}

/** For streams: holds one entry of each. An entry without a time comes as soon as its stream has its turn. */
export async function* mergeByTime(streams: readonly AsyncGenerator<LogEntry>[]): AsyncGenerator<LogEntry> {
  const heads: { readonly stream: AsyncGenerator<LogEntry>; entry: LogEntry }[] = [];
  for (const stream of streams) {
    const first = await stream.next();
    if (first.done !== true) heads.push({ stream, entry: first.value });
  }
  while (heads.length > 0) {
    const oldest = heads.reduce((best, head) => ((head.entry.time ?? 0) < (best.entry.time ?? 0) ? head : best));
    yield oldest.entry;
    const next = await oldest.stream.next();
    if (next.done === true) heads.splice(heads.indexOf(oldest), 1);
    else oldest.entry = next.value;
  }
}
