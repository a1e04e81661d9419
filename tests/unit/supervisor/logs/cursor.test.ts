import { describe, expect, it } from 'vitest';
import { encodeCursor, encodePlace, maxCursorLength, parseCursor } from '../../../../electron/supervisor/logs/cursor.ts';
import { digest } from '../../../../electron/supervisor/logs/log-place.ts';

const now = Date.parse('2026-01-01T00:00:00.000Z');
const place = (offset: number) => ({ file: 'aB-_09', since: now - 1, offset, line: 'l-_1' });
const cursorOf = (files: number): string => encodeCursor(now, 'query1', Array.from({ length: files }, (_, index) => encodePlace(digest(`file ${index}`, 8), place(index * 1_000_000))));

describe('a cursor', () => {
  it('gives back the places that it was made of', () => {
    const cursor = parseCursor(cursorOf(300), 'query1');
    expect(cursor?.places.size).toBe(300);
    expect(cursor?.places.get(digest('file 299', 8))).toEqual(place(299_000_000));
  });

  it('tells the time a little early, as file systems do', () => {
    expect(now - (parseCursor(cursorOf(0), 'query1')?.at ?? 0)).toBe(20);
  });

  it('keeps places in files that nobody has looked into, or that are not there', () => {
    const nothing = { file: '', since: now, offset: 0, line: '' };
    expect(parseCursor(encodeCursor(now, 'query1', [encodePlace('12345678', nothing)]), 'query1')?.places.get('12345678')).toEqual(nothing);
  });

  it('is bounded: with too many files it is one that cannot be gone on from', () => {
    const cursor = cursorOf(2000);
    expect(cursor.length).toBeLessThanOrEqual(maxCursorLength);
    expect(parseCursor(cursor, 'query1')).toBeNull();
  });

  it.each(['', '1', 'x'.repeat(20_000), `${cursorOf(1)}~`, `${cursorOf(1)}\n`, cursorOf(1).replace('1.', '2.'), cursorOf(1).toUpperCase()])('is none when it is malformed: %.30s', (text) => {
    expect(parseCursor(text, 'query1')).toBeNull();
  });

  it('belongs to what was asked for', () => {
    expect(parseCursor(cursorOf(1), 'query2')).toBeNull();
  });
});
