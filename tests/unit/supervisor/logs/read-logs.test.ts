import { utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../../../../electron/supervisor/logs/log-entry.ts';
import { readLogs, type LogQuery } from '../../../../electron/supervisor/logs/read-logs.ts';
import type { LogSource } from '../../../../shared/contract/reports.ts';
import { temporaryFolder } from '../../../helpers/temporary.ts';

const base = Date.parse('2026-01-01T00:00:00.000Z');
const at = (second: number): string => new Date(base + second * 1000).toISOString();
const stamped = (from: number, to: number): string => Array.from({ length: to - from }, (_, index) => `${at(from + index)} line ${from + index}\n`).join('');

function source(folder: string, over: Partial<LogSource> = {}): LogSource {
  return { name: 'api', instance: 0, format: 'plain', out: path.join(folder, 'api-0.out.log'), err: path.join(folder, 'api-0.err.log'), ...over };
}

async function read(sources: readonly LogSource[], over: Partial<LogQuery> & { readonly lines?: number; readonly since?: number }): Promise<readonly LogEntry[]> {
  const { lines, since, ...query } = over;
  const beginning = lines === undefined && since !== undefined ? { kind: 'since' as const, since } : { kind: 'last' as const, lines: lines ?? 15, since: since ?? null };
  const entries: LogEntry[] = [];
  const sink = async (batch: readonly LogEntry[]) => {
    entries.push(...batch);
  };
  await readLogs(sources, { beginning, streams: ['out', 'err'], matches: () => true, ...query }, sink, null);
  return entries;
}

const messages = (entries: readonly LogEntry[]): readonly string[] => entries.map(({ message }) => message);

describe('the last lines', () => {
  it('come from each file, in the order of the file', async () => {
    const folder = await temporaryFolder();
    const one = source(folder);
    await writeFile(one.out, 'o1\no2\no3\n');
    await writeFile(one.err, 'e1\ne2\nunfinished');
    expect((await read([one], { lines: 2 })).map(({ stream, message }) => `${stream} ${message}`)).toEqual(['out o2', 'out o3', 'err e2', 'err unfinished']);
    expect(messages(await read([one], { lines: 2, streams: ['err'] }))).toEqual(['e2', 'unfinished']);
    expect(await read([one], { lines: 0 })).toEqual([]);
  });

  it('are in the order of time where the files tell it', async () => {
    const folder = await temporaryFolder();
    const one = source(folder, { format: 'timestamps' });
    const two = source(folder, { name: 'web', format: 'json', out: path.join(folder, 'web.log'), err: path.join(folder, 'web.log') });
    await writeFile(one.out, `${at(1)} a\n${at(4)} d\n`);
    await writeFile(one.err, `${at(2)} b\n`);
    await writeFile(two.out, `${JSON.stringify({ time: at(3), stream: 'err', message: 'c' })}\n`);
    expect((await read([one, two], {})).map(({ process, stream, message }) => `${process} ${stream} ${message}`)).toEqual(['api out a', 'api err b', 'web err c', 'api out d']);
  });

  it('go back into rotated files, compressed or not, and no further than needed', async () => {
    const folder = await temporaryFolder();
    const one = source(folder);
    await writeFile(one.out, 'l5\nl6\n');
    await writeFile(`${one.out}.1`, 'l3\nl4\n');
    await writeFile(`${one.out}.2.gz`, gzipSync('l1\nl2\n'));
    await writeFile(`${one.out}.3.gz`, 'this is no gzip');
    await writeFile(`${one.out}.bak`, 'not ours\n');
    expect(messages(await read([one], { lines: 5 }))).toEqual(['l2', 'l3', 'l4', 'l5', 'l6']);
    expect(messages(await read([one], { lines: 6 }))).toHaveLength(6);
    await expect(read([one], { lines: 7 })).rejects.toMatchObject({ code: 'failed', message: expect.stringContaining(one.out) });
  });

  it('count what matches', async () => {
    const folder = await temporaryFolder();
    const one = source(folder);
    await writeFile(one.out, Array.from({ length: 50_000 }, (_, index) => (index % 10_000 === 0 ? `error ${index}\n` : `line ${index}\n`)).join(''));
    expect(messages(await read([one], { lines: 2, matches: (message) => message.startsWith('error') }))).toEqual(['error 30000', 'error 40000']);
  });

  it('are none where there is no file', async () => {
    expect(await read([source(await temporaryFolder())], {})).toEqual([]);
  });

  it('cannot come from a folder', async () => {
    const folder = await temporaryFolder();
    await expect(read([source(folder, { out: folder })], {})).rejects.toMatchObject({ code: 'failed', message: expect.stringContaining(folder) });
  });

  it('of a merged file are read once', async () => {
    const folder = await temporaryFolder();
    const file = path.join(folder, 'both.log');
    await writeFile(file, 'a\nb\n');
    expect(messages(await read([source(folder, { out: file, err: file })], {}))).toEqual(['a', 'b']);
  });
});

describe('since', () => {
  it('streams everything that is younger, across rotated files and several logs', async () => {
    const folder = await temporaryFolder();
    const one = source(folder, { format: 'timestamps' });
    await writeFile(`${one.out}.2.gz`, gzipSync(stamped(0, 1000)));
    await writeFile(`${one.out}.1`, stamped(1000, 2000));
    await writeFile(one.out, stamped(2000, 2500));
    await writeFile(one.err, stamped(1500, 1501));
    const entries = await read([one], { since: base + 900_000 });
    expect(entries).toHaveLength(1601);
    expect(entries.map(({ time }) => time)).toEqual(entries.map(({ time }) => time).toSorted((a, b) => (a ?? 0) - (b ?? 0)));
    expect(entries[0]?.message).toBe('line 900');
  });

  it('bounds the last lines', async () => {
    const folder = await temporaryFolder();
    const one = source(folder, { format: 'timestamps' });
    await writeFile(one.out, stamped(0, 100));
    expect(messages(await read([one], { since: base + 98_000, lines: 15 }))).toEqual(['line 98', 'line 99']);
    expect(messages(await read([one], { since: base, lines: 1 }))).toEqual(['line 99']);
  });

  it('skips files that were last written before, even without times in them', async () => {
    const folder = await temporaryFolder();
    const one = source(folder);
    await writeFile(one.out, 'old\n');
    await utimes(one.out, base / 1000, base / 1000);
    await writeFile(one.err, 'new\n');
    expect(messages(await read([one], { since: base + 1000 }))).toEqual(['new']);
    expect(messages(await read([one], { since: base + 1000, lines: 5 }))).toEqual(['new']);
  });
});

describe('a slow reader', () => {
  it('gets one batch at a time', async () => {
    const folder = await temporaryFolder();
    const one = source(folder);
    await writeFile(one.out, 'x\n'.repeat(1000));
    let busy = false;
    let total = 0;
    const sink = async (batch: readonly LogEntry[]) => {
      expect(busy).toBe(false);
      busy = true;
      await new Promise(setImmediate);
      total += batch.length;
      busy = false;
    };
    await readLogs([one], { beginning: { kind: 'since', since: 0 }, streams: ['out'], matches: () => true }, sink, null);
    expect(total).toBe(1000);
  });
});
