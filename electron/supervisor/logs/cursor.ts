// The position in a stream of logs as a caller holds it: opaque, bounded, and without a path of this machine. It comes back from
// outside: what is malformed, or was made for another selection, counts as none, and the stream begins anew.
import * as z from 'zod/mini';
import type { Place } from './log-place.ts';

/** Fits a header of HTTP beside others. Enough for some 330 files that were written to; a stream of more cannot be continued. */
export const maxCursorLength = 12 * 1024;

/** File systems take the time from a clock that ticks a few times less often. */
const clockToleranceMs = 20;

export interface Cursor {
  /** No file that it does not tell of was known at this moment (ms since the epoch). */
  readonly at: number;
  readonly places: ReadonlyMap<string, Place>;
}

/** `1.at.query~key.file.since.offset.line~…`, numbers in base 36. */
const cursorSchema = z.string().check(
  z.maxLength(maxCursorLength),
  z.regex(/^1\.[0-9a-z]{1,9}\.[\w-]{6}(~[\w-]{8}\.([\w-]{6})?\.[0-9a-z]{1,9}\.[0-9a-z]{1,9}\.([\w-]{4})?)*$/),
);

export function encodePlace(key: string, { file, since, offset, line }: Place): string {
  return `~${key}.${file}.${base36(since)}.${base36(offset)}.${line}`;
}

/** `places` as `encodePlace` gives them; `query` is a digest of six characters. */
export function encodeCursor(now: number, query: string, places: readonly string[]): string {
  const head = `1.${base36(earlier(now))}.${query}`;
  const text = places.join('');
  return head.length + text.length > maxCursorLength ? `${head}.too-many-files` : head + text;
}

/** null when the stream cannot go on from it. */
export function parseCursor(text: string, query: string): Cursor | null {
  const parsed = cursorSchema.safeParse(text);
  if (!parsed.success) return null;
  const [head = '', ...rest] = parsed.data.split('~');
  const [, at = '', of] = head.split('.');
  if (of !== query) return null;
  const places = new Map<string, Place>();
  for (const one of rest) {
    const [key = '', file = '', since = '', offset = '', line = ''] = one.split('.');
    places.set(key, { file, since: Number.parseInt(since, 36), offset: Number.parseInt(offset, 36), line });
  }
  return { at: Number.parseInt(at, 36), places };
}

/** A log without a file: whatever is written from this moment on is new. */
export function placeOfNothing(now: number): Place {
  return { file: '', since: earlier(now), offset: 0, line: '' };
}

function earlier(now: number): number {
  return Math.max(0, now - clockToleranceMs);
}

function base36(value: number): string {
  return Math.floor(value).toString(36);
}
