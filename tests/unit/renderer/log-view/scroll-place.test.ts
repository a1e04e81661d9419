import { describe, expect, it } from 'vitest';
import { LogBuffer } from '../../../../renderer/components/log-view/log-buffer.ts';
import { rowsOf } from '../../../../renderer/components/log-view/log-rows.ts';
import { evenLayout } from '../../../../renderer/components/log-view/row-layout.ts';
import { atEnd, drawn, leaveEnd, lineHeight, placeAt, placeOfLine, scrollTopOf, unseen, type View } from '../../../../renderer/components/log-view/scroll-place.ts';
import { lines } from './entries.ts';

const height = 10 * lineHeight;

function view(buffer: LogBuffer): View {
  const rows = rowsOf(buffer, null);
  return { rows, layout: evenLayout(rows.count), height };
}

function filled(): LogBuffer {
  const buffer = new LogBuffer({ lines: 100, characters: 1e9 });
  buffer.append(lines(100));
  return buffer;
}

describe('scroll place', () => {
  it('follows the end until the reader leaves it', () => {
    const buffer = filled();
    expect(scrollTopOf(atEnd, view(buffer))).toBe(90 * lineHeight);
    const place = placeAt(50 * lineHeight + 7, atEnd, view(buffer));
    expect(place).toEqual({ follow: false, sequence: 50, offset: 7, seen: 99 });
    expect(scrollTopOf(place, view(buffer))).toBe(50 * lineHeight + 7);
  });

  it('stays at its line when older lines are dropped', () => {
    const buffer = filled();
    const place = placeAt(50 * lineHeight, atEnd, view(buffer));
    buffer.append(lines(1, 100));
    expect(buffer.at(0)?.sequence).toBe(11);
    expect(scrollTopOf(place, view(buffer))).toBe(39 * lineHeight);
    expect(unseen(place, view(buffer).rows)).toBe(1);
  });

  it('is at the top when its own line was dropped', () => {
    const buffer = filled();
    const place = placeAt(0, atEnd, view(buffer));
    buffer.append(lines(50, 100));
    expect(scrollTopOf(place, view(buffer))).toBe(0);
    expect(unseen(place, view(buffer).rows)).toBe(50);
  });

  it('follows again when the reader scrolls to the end', () => {
    const buffer = filled();
    const away = leaveEnd(90 * lineHeight, atEnd, view(buffer));
    expect(away.follow).toBe(false);
    expect(placeAt(90 * lineHeight - 3, away, view(buffer))).toEqual(atEnd);
  });

  it('shows a line that was looked for with what came before it', () => {
    const buffer = filled();
    expect(scrollTopOf(placeOfLine(40, atEnd, view(buffer)), view(buffer))).toBe(40 * lineHeight - Math.round(height / 3));
    expect(scrollTopOf(placeOfLine(0, atEnd, view(buffer)), view(buffer))).toBe(0);
  });

  it('draws what can be seen and little more', () => {
    const { first, end } = drawn(50 * lineHeight, view(filled()));
    expect(first).toBeLessThanOrEqual(50);
    expect(end).toBeGreaterThanOrEqual(60);
    expect(end - first).toBeLessThan(40);
    expect(drawn(0, view(new LogBuffer()))).toEqual({ first: 0, end: 0 });
  });
});
