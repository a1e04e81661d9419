import { describe, expect, it } from 'vitest';
import { LogBuffer } from '../../../../renderer/components/log-view/log-buffer.ts';
import { lines } from './entries.ts';

describe('LogBuffer', () => {
  it('keeps at most its limit of lines, and drops the oldest tenth at once', () => {
    const buffer = new LogBuffer({ lines: 100, characters: 1e9 });
    buffer.append(lines(100));
    expect(buffer.length).toBe(100);
    buffer.append(lines(1, 100));
    expect([buffer.length, buffer.at(0)?.sequence, buffer.at(89)?.sequence]).toEqual([90, 11, 100]);
    buffer.append(lines(1000, 101));
    expect([buffer.length, buffer.at(89)?.sequence]).toEqual([90, 1100]);
  });

  it('keeps at most its limit of characters, however few lines these are', () => {
    const buffer = new LogBuffer({ lines: 1000, characters: 10_000 });
    for (let round = 0; round < 50; round += 1) {
      buffer.append(lines(1, round, () => 'x'.repeat(900)));
      let held = 0;
      for (let index = 0; index < buffer.length; index += 1) held += (buffer.at(index)?.text.length ?? 0) * 2;
      expect(held).toBeLessThanOrEqual(10_000);
    }
    expect(buffer.at(buffer.length - 1)?.sequence).toBe(49);
  });

  it('finds lines by their sequence, those that were dropped at the beginning', () => {
    const buffer = new LogBuffer({ lines: 100, characters: 1e9 });
    buffer.append(lines(150));
    const first = buffer.at(0)?.sequence ?? -1;
    expect([buffer.indexOf(0), buffer.indexOf(first + 3), buffer.indexOf(150)]).toEqual([0, 3, buffer.length]);
  });

  it('is empty after it was taken', () => {
    const buffer = new LogBuffer();
    buffer.append(lines(3));
    expect(buffer.take().map(({ sequence }) => sequence)).toEqual([0, 1, 2]);
    expect([buffer.length, buffer.longest]).toEqual([0, 0]);
  });
});
