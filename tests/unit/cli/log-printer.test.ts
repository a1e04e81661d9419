import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createLogPrinter } from '../../../electron/cli/log-printer.ts';
import { createOutput } from '../../../electron/cli/output.ts';
import type { LogEntry } from '../../../electron/supervisor/log-reader.ts';

const entry: LogEntry = { process: 'api', instance: 0, stream: 'out', time: Date.parse('2026-01-02T03:04:05.678Z'), message: 'hello', fields: null };

async function printed(json: boolean, entries: readonly LogEntry[], times = false, env: Readonly<Record<string, string>> = {}): Promise<string> {
  const stdout = new PassThrough();
  await createLogPrinter(createOutput({ stdout, stderr: new PassThrough(), env }, json), { times, nameWidth: 8 }).print(entries);
  return String(stdout.read());
}

describe('createLogPrinter', () => {
  it('names the instance before each line', async () => {
    expect(await printed(false, [entry, { ...entry, process: 'worker', stream: 'err', message: 'no' }])).toBe('api:0    │ hello\nworker:0 │ no\n');
  });

  it('shows times where they are wanted and known', async () => {
    expect(await printed(false, [entry, { ...entry, time: null }], true)).toMatch(/^api:0 {4}│ \d{4}-\d\d-\d\d \d\d:\d\d:\d\d hello\napi:0 {4}│ hello\n$/);
  });

  it('shows the fields of an application that logs JSON', async () => {
    expect(await printed(false, [{ ...entry, fields: { level: 'info' } }, { ...entry, message: '', fields: { a: '\u001B' } }])).toBe(
      'api:0    │ hello {"level":"info"}\napi:0    │ {"a":"\\u001b"}\n',
    );
  });

  it('sends no escape code of a program but colours, and those only in colour', async () => {
    const wild = { ...entry, message: '\u001B[31mred\u001B[2J' };
    expect(await printed(false, [wild])).toBe('api:0    │ red\\x1b[2J\n');
    expect(await printed(false, [wild], false, { FORCE_COLOR: '1' })).toContain('\u001B[31mred\\x1b[2J\u001B[0m\n');
  });

  it('gives the same name the same colour', async () => {
    const line = async () => printed(false, [entry], false, { FORCE_COLOR: '1' });
    expect(await line()).toBe(await line());
    expect(await line()).toContain('\u001B[');
  });

  it('prints one object per line with --json', async () => {
    const lines = (await printed(true, [entry, { ...entry, time: null, message: 'a\nb', fields: { level: 'x' } }])).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { process: 'api', instance: 0, stream: 'out', time: '2026-01-02T03:04:05.678Z', message: 'hello', fields: null },
      { process: 'api', instance: 0, stream: 'out', time: null, message: 'a\nb', fields: { level: 'x' } },
    ]);
  });
});
