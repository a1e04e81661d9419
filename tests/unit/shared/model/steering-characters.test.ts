import { describe, expect, test } from 'vitest';
import { printableJson, steeringCharacters } from '../../../../shared/model/steering-characters.ts';

const range = (from: number, to: number): readonly string[] => Array.from({ length: to - from + 1 }, (_, index) => String.fromCharCode(from + index));
const steering = [...range(0, 0x1f), ...range(0x7f, 0x9f), '\u061c', '\u200e', '\u200f', ...range(0x2028, 0x202e), ...range(0x2066, 0x2069), '\ufeff'];

describe('steering characters', () => {
  test('are these, and no letter', () => {
    const all = range(0, 0xffff).filter((character) => steeringCharacters().test(character));
    expect(all).toEqual(steering);
  });

  test('but those that a text keeps', () => {
    expect('a\tb\nc\rd\u001b'.replace(steeringCharacters('\t', '\n'), '?')).toBe('a\tb\nc?d?');
    expect('a\tb\u001b[0m'.replace(steeringCharacters('\u001b'), '?')).toBe('a?b\u001b[0m');
  });

  test('are escaped in JSON, in names too, and the value stays the same', () => {
    const value = { 'na\u202eme': steering.join(''), list: ['żółć 日本語 😀', '\ud800'] };
    for (const indent of [undefined, 2]) {
      const text = printableJson(value, indent);
      expect(JSON.parse(text)).toEqual(value);
      expect(text.replaceAll('\n', '')).not.toMatch(steeringCharacters());
      expect(text).toContain('na\\u202eme');
      expect(text).toContain('żółć 日本語 😀');
    }
  });
});
