import { describe, expect, it } from 'vitest';
import { isThere, selectedText, shownText, within } from '../../../../renderer/components/log-view/line-selection.ts';
import { LogBuffer } from '../../../../renderer/components/log-view/log-buffer.ts';
import { logLine } from '../../../../renderer/components/log-view/log-line.ts';
import { rowsOf } from '../../../../renderer/components/log-view/log-rows.ts';
import { nextMatch } from '../../../../renderer/components/log-view/use-log-search.ts';
import { entry, lines } from './entries.ts';

describe('line selection', () => {
  it('reaches in both directions', () => {
    expect([2, 3, 5, 6].map((sequence) => within({ from: 5, to: 3 }, sequence))).toEqual([false, true, true, false]);
  });

  it('is copied as text', () => {
    const buffer = new LogBuffer();
    buffer.append(lines(10));
    expect(selectedText(rowsOf(buffer, null), { from: 4, to: 2 })).toBe('line 2\nline 3\nline 4\n');
  });

  it('is gone with the last of its lines', () => {
    const buffer = new LogBuffer({ lines: 10, characters: 1e9 });
    buffer.append(lines(10));
    expect(isThere(rowsOf(buffer, null), { from: 1, to: 0 })).toBe(true);
    buffer.append(lines(1, 10));
    expect(isThere(rowsOf(buffer, null), { from: 1, to: 0 })).toBe(false);
    expect(isThere(rowsOf(buffer, null), { from: 1, to: 2 })).toBe(true);
  });

  it('is saved with what tells lines apart', () => {
    const buffer = new LogBuffer();
    buffer.append([logLine(entry('\x1b[31mred\x1b[0m', { time: 0, instance: 2, stream: 'err' }), 0), logLine(entry('plain', { time: null }), 1)]);
    expect(shownText(rowsOf(buffer, null), true)).toBe('1970-01-01T00:00:00.000Z [2] err red\n[0] out plain\n');
    expect(shownText(rowsOf(buffer, null), false)).toBe('1970-01-01T00:00:00.000Z err red\nout plain\n');
  });
});

describe('nextMatch', () => {
  const buffer = new LogBuffer();
  buffer.append(lines(5));
  const matches = rowsOf(buffer, null);

  it('begins at the newest, or at what is seen', () => {
    expect(nextMatch(matches, null, null, 1)).toBe(4);
    expect(nextMatch(matches, null, 2, 1)).toBe(2);
    expect(nextMatch(matches, null, 2, -1)).toBe(1);
  });

  it('goes around the ends', () => {
    expect(nextMatch(matches, 4, null, 1)).toBe(0);
    expect(nextMatch(matches, 0, null, -1)).toBe(4);
    expect(nextMatch(matches, 1, null, 1)).toBe(2);
  });
});
