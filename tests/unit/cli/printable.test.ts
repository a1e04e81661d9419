import { describe, expect, it } from 'vitest';
import { printable, printableLogLine, printableText } from '../../../electron/cli/printable.ts';

describe('printable', () => {
  it('shows control characters instead of sending them', () => {
    expect(printable('a\u001B[2Jb\nc\rd\te\u0007\u009B1m')).toBe('a\\x1b[2Jb\\nc\\rd\\te\\x07\\x9b1m');
  });

  it('shows bidirectional overrides, which can make a text look like another', () => {
    expect(printable('a\u202Eb\u2066')).toBe('a\\u202eb\\u2066');
  });

  it('shows the Arabic letter mark and what ends a line for some programs', () => {
    expect(printable('a\u061Cb\u2028c\u0085')).toBe('a\\u061cb\\u2028c\\x85');
  });

  it('leaves letters of any script alone', () => {
    expect(printable('żółć 日本語 ✓ 😀')).toBe('żółć 日本語 ✓ 😀');
  });
});

describe('printableLogLine', () => {
  it('keeps the colours of a program and closes them', () => {
    expect(printableLogLine('\u001B[31mred\u001B[39m \u001B[2Jx', true)).toBe('\u001B[31mred\u001B[39m \\x1b[2Jx\u001B[0m');
  });

  it('drops them where there shall be none', () => {
    expect(printableLogLine('\u001B[1;31mred\u001B[0m\tx', false)).toBe('red\tx');
  });

  it('never lets the cursor move or the title change', () => {
    expect(printableLogLine('\u001B]0;title\u0007\u001B[1A', true)).toBe('\\x1b]0;title\\x07\\x1b[1A');
  });
});

describe('printableText', () => {
  it('keeps lines, tabs and colours, and nothing else that steers', () => {
    expect(printableText('\u001B[31mred\u001B[39m\n\ta\u001B[2Jb\u009Bc\u061C')).toBe('\u001B[31mred\u001B[39m\n\ta\\x1b[2Jb\\x9bc\\u061c');
  });
});
