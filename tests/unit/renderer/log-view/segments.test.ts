import { describe, expect, it } from 'vitest';
import { grounds, leastContrast, readable } from '../../../../renderer/components/log-view/ansi-colours.ts';
import { contrast, type Colour } from '../../../../renderer/components/log-view/contrast.ts';
import { logLine } from '../../../../renderer/components/log-view/log-line.ts';
import { highlighted, segmentsOf } from '../../../../renderer/components/log-view/segments.ts';
import { lineColours } from '../../../../renderer/components/charts/palette.ts';
import { entry } from './entries.ts';

const messages = [
  'plain', '', ' ', '\x1b[31mred\x1b[0m and \x1b[1;32mgreen\x1b[m', '\x1b[31m', 'a\x1b[38;5;196mb\x1b[48;2;1;2;3mc', '\x1b[7mreversed\x1b[27m', 'x\x1b[2Ky\x1b[4mz', '\x1b[999mw',
];

describe('segmentsOf', () => {
  it.each(messages)('pieces of %j are together what is searched and copied', (message) => {
    for (const fields of [null, {}, { level: 'info', user: { id: 1 }, text: 'two words' }]) {
      const line = logLine(entry(message, { fields }), 0);
      expect(segmentsOf(line).map(({ text }) => text).join('')).toBe(line.text);
    }
  });

  it('has the colours and decorations that were asked for', () => {
    const [word, rest] = segmentsOf(logLine(entry('\x1b[1;31mbold\x1b[0m rest'), 0));
    expect(word).toMatchObject({ text: 'bold', decorations: ['bold'], foreground: expect.stringMatching(/^light-dark\(rgb\(\d+ \d+ \d+\), rgb\(\d+ \d+ \d+\)\)$/) });
    expect(rest).toMatchObject({ text: ' rest', decorations: [], foreground: null, background: null });
  });

  it('shows fields in short behind the message', () => {
    const line = logLine(entry('done', { fields: { status: 201, path: '/a b', user: { id: 1 } } }), 0);
    expect(line.text).toBe('done status=201 path="/a b" user={"id":1}');
    expect(segmentsOf(line).filter(({ part }) => part === 'field-name').map(({ text }) => text)).toEqual(['status=', 'path=', 'user=']);
  });
});

describe('highlighted', () => {
  it('cuts pieces where a match begins or ends, across colours', () => {
    const line = logLine(entry('ab\x1b[31mcd\x1b[0mef'), 0);
    const pieces = highlighted(segmentsOf(line), [{ start: 1, end: 3 }, { start: 4, end: 6 }]);
    expect(pieces.map(({ text, found }) => [text, found])).toEqual([['a', null], ['b', 0], ['c', 0], ['d', null], ['ef', 1]]);
  });
});

describe('colours', () => {
  const channel = [0, 95, 135, 175, 215, 255];
  const cube: readonly Colour[] = channel.flatMap((red) => channel.flatMap((green) => channel.map((blue): Colour => [red, green, blue])));

  it('have enough contrast on both grounds, whatever a program asks for', () => {
    for (const ground of Object.values(grounds)) for (const colour of cube) expect(contrast(readable(colour, ground), ground)).toBeGreaterThanOrEqual(leastContrast);
  });

  it('stay as they are where they are readable', () => {
    expect(readable([187, 0, 0], grounds.light)).toEqual([187, 0, 0]);
    expect(readable([0, 255, 0], grounds.dark)).toEqual([0, 255, 0]);
  });

  it('of instances can be read as text', () => {
    for (const { light, dark } of lineColours) {
      expect(contrast(hex(light), grounds.light)).toBeGreaterThanOrEqual(leastContrast);
      expect(contrast(hex(dark), grounds.dark)).toBeGreaterThanOrEqual(leastContrast);
    }
  });
});

function hex(colour: string): Colour {
  const at = (from: number): number => Number.parseInt(colour.slice(from, from + 2), 16);
  return [at(1), at(3), at(5)];
}
