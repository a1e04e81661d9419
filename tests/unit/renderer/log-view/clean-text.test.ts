import { describe, expect, it } from 'vitest';
import { cleanText, maxLineCharacters } from '../../../../renderer/components/log-view/clean-text.ts';

describe('cleanText', () => {
  it.each([
    ['nothing to do', 'nothing to do', 'nothing to do'],
    ['keeps colours', '\x1b[31mred\x1b[0m', '\x1b[31mred\x1b[0m'],
    ['cursor and erasing', '\x1b[2K\x1b[1Aup', 'up'],
    ['private modes', '\x1b[?25lhidden cursor\x1b[?25h', 'hidden cursor'],
    ['a title', '\x1b]0;title\x07after', 'after'],
    ['a link', '\x1b]8;;https://example.org\x1b\\text\x1b]8;;\x1b\\', 'text'],
    ['a title without an end', 'before\x1b]0;title', 'before'],
    ['colours in the colon form', '\x1b[38:2::1:2:3mcolon\x1b[0m', 'colon\x1b[0m'],
    ['short escapes', '\x1b(Bascii\x1b7', 'ascii'],
    ['bells and zeros', 'a\x07b\x00c', 'abc'],
    ['tabs stay', 'a\tb', 'a\tb'],
    ['a progress bar', '10 %\r50 %\r100 %', '100 %'],
    ['a line of Windows', 'text\r', 'text'],
    ['a lone escape', 'end\x1b', 'end'],
    ['C1 controls', 'a\x9b31mb\x85c', 'a31mbc'],
    ['what turns the direction of text', 'a\u061cb\u202ec\u2066d\u2028e', 'abcde'],
  ])('%s', (_what, message, coloured) => {
    expect(cleanText(message).coloured).toBe(coloured);
  });

  it('gives the text without colours for searching', () => {
    expect(cleanText('a \x1b[1;31mred\x1b[0m word').plain).toBe('a red word');
  });

  it('cuts what no page could show, and says how much', () => {
    const { plain } = cleanText('x'.repeat(maxLineCharacters + 1234));
    expect(plain.slice(0, maxLineCharacters)).toBe('x'.repeat(maxLineCharacters));
    expect(plain.slice(maxLineCharacters)).toBe(' … 1234 characters more in the log file');
  });
});
