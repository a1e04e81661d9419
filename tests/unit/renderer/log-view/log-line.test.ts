import { describe, expect, it } from 'vitest';
import { logLine } from '../../../../renderer/components/log-view/log-line.ts';
import { LogBuffer } from '../../../../renderer/components/log-view/log-buffer.ts';
import { entry, lines } from './entries.ts';

describe('logLine', () => {
  it.each([
    ['{"level":"info","msg":"tick","rss":5}', 'tick level=info rss=5'],
    ['{"message":"done","user":{"id":1}}', 'done user={"id":1}'],
    ['{"only":"fields"}', 'only=fields'],
    ['{}', '{}'],
    ['{ not json }', '{ not json }'],
    ['[1,2]', '[1,2]'],
    ['{"unfinished":', '{"unfinished":'],
  ])('reads %j', (message, text) => {
    expect(logLine(entry(message), 0).text).toBe(text);
  });

  it('takes the message out of fields that came without one', () => {
    const line = logLine(entry('', { fields: { msg: 'hello', pid: 7 } }), 0);
    expect([line.text, line.messageEnd, line.fields]).toEqual(['hello pid=7', 5, [{ name: 'pid', value: '7' }]]);
  });

  it('bounds what one line may hold', () => {
    const fields = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`f${index}`, 'y'.repeat(10_000)]));
    const line = logLine(entry('many', { fields }), 0);
    expect(line.fields.length).toBe(64);
    expect(line.text.length).toBeLessThan(64 * 2100);
  });
});

describe('LogBuffer', () => {
  it('knows whether lines say when they were written', () => {
    const buffer = new LogBuffer();
    buffer.append([logLine(entry('a', { time: null }), 0)]);
    expect(buffer.timed).toBe(false);
    buffer.append(lines(1, 1));
    expect(buffer.timed).toBe(true);
    buffer.clear();
    expect(buffer.timed).toBe(false);
  });
});
