import { describe, expect, it } from 'vitest';
import { LineIndex } from '../../../../renderer/components/log-view/line-index.ts';
import { LogBuffer } from '../../../../renderer/components/log-view/log-buffer.ts';
import { lines } from './entries.ts';

const all = (): boolean => false;

function sequences(index: LineIndex): readonly (number | undefined)[] {
  return Array.from({ length: index.length }, (_, at) => index.at(at));
}

describe('LineIndex', () => {
  it('tests every line once, those that come later too', () => {
    const buffer = new LogBuffer();
    const seen: number[] = [];
    const index = new LineIndex(({ sequence }) => seen.push(sequence) > 0 && sequence % 3 === 0);
    buffer.append(lines(5));
    expect(index.advance(buffer, all)).toBe(true);
    buffer.append(lines(5, 5));
    index.advance(buffer, all);
    expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(sequences(index)).toEqual([0, 3, 6, 9]);
  });

  it('stops when it is told so, and goes on where it was', () => {
    const buffer = new LogBuffer();
    buffer.append(lines(5));
    const index = new LineIndex(() => true);
    const lengths: number[] = [];
    while (!index.advance(buffer, () => true)) lengths.push(index.length);
    expect(lengths).toEqual([1, 2, 3, 4]);
    expect(index.length).toBe(5);
  });

  it('waits for what is not known yet', () => {
    const buffer = new LogBuffer();
    buffer.append(lines(5));
    let known = 2;
    const index = new LineIndex(({ sequence }) => (sequence < known ? true : undefined));
    expect([index.advance(buffer, all), sequences(index)]).toEqual([false, [0, 1]]);
    known = 5;
    expect([index.advance(buffer, all), sequences(index)]).toEqual([true, [0, 1, 2, 3, 4]]);
  });

  it('forgets lines that the buffer has dropped', () => {
    const buffer = new LogBuffer({ lines: 100, characters: 1e9 });
    const index = new LineIndex(({ sequence }) => sequence % 10 === 0);
    buffer.append(lines(100));
    index.advance(buffer, all);
    buffer.append(lines(1, 100));
    index.advance(buffer, all);
    expect(sequences(index)).toEqual([20, 30, 40, 50, 60, 70, 80, 90, 100]);
    expect([index.indexOf(0), index.indexOf(31), index.indexOf(101)]).toEqual([0, 2, 9]);
    buffer.clear();
    index.advance(buffer, all);
    expect(index.length).toBe(0);
  });
});
