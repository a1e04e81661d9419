import { open, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { linesBackwards } from '../../../../electron/supervisor/logs/read-backwards.ts';
import { temporaryFolder } from '../../../helpers/temporary.ts';

async function backwards(content: string | Buffer): Promise<readonly string[]> {
  const file = path.join(await temporaryFolder(), 'x.log');
  await writeFile(file, content);
  const handle = await open(file);
  try {
    const lines: string[] = [];
    const bytes = await readFile(file);
    for await (const { text, start } of linesBackwards(handle, bytes.length)) {
      expect(bytes.toString('utf8', start, start + Buffer.byteLength(text))).toBe(text);
      lines.push(text);
    }
    return lines;
  } finally {
    await handle.close();
  }
}

/** What the lines of a text are, the last first. */
const expected = (content: string): readonly string[] => (content === '' ? [] : content.replace(/\n$/, '').split('\n').reverse());

describe('linesBackwards', () => {
  it.each(['', '\n', 'a', 'a\n', 'a\nb', 'a\nb\n', '\na\n\n\nb\n\n', '\n\n'])('%j', async (content) => {
    expect(await backwards(content)).toEqual(expected(content));
  });

  it.each([65_534, 65_535, 65_536, 65_537, 131_072])('lines that end around the edge of a block: %d bytes', async (length) => {
    for (const content of [`${'x'.repeat(length - 1)}\nlast\n`, `first\n${'y'.repeat(length)}\n`, `${'z'.repeat(length)}\n`, `${'a\n'.repeat(length / 2)}`]) {
      expect(await backwards(content)).toEqual(expected(content));
    }
  });

  it('never tears a character at the edge of a block', async () => {
    const content = `${'żółć😀'.repeat(20_000)}\n${'ä'.repeat(70_000)}\n`;
    expect(await backwards(content)).toEqual(expected(content));
  });

  it('cuts a line without end instead of holding all of it', async () => {
    const lines = await backwards('x'.repeat(5 * 1024 * 1024));
    expect(lines.join('')).toHaveLength(5 * 1024 * 1024);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(1.2 * 1024 * 1024);
  });
});
