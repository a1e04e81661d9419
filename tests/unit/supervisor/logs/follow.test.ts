import { appendFile, mkdir, rename, rm, truncate, unlink, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { LogEntry } from '../../../../electron/supervisor/logs/log-entry.ts';
import { notePositions } from '../../../../electron/supervisor/logs/positions.ts';
import { readLogs, type LogBeginning } from '../../../../electron/supervisor/logs/read-logs.ts';
import { temporaryFolder } from '../../../helpers/temporary.ts';
import { waitFor } from '../../../helpers/wait-for.ts';

interface Following {
  readonly file: string;
  readonly folder: string;
  readonly messages: readonly string[];
  /** Resolves when the first lines are there and the reader is still busy with them. */
  readonly busy: Promise<void>;
  /** Waits until so many lines have come. */
  arrived(count: number): Promise<readonly string[]>;
  stop(): Promise<void>;
}

const lastLines: LogBeginning = { kind: 'last', lines: 100, since: null };

async function follow(options: { readonly content?: string; readonly beginning?: LogBeginning; readonly below?: string; readonly gate?: () => Promise<void> } = {}): Promise<Following> {
  const folder = path.join(await temporaryFolder(), options.below ?? '.');
  const file = path.join(folder, 'api-0.out.log');
  if (options.content !== undefined) await writeFile(file, options.content);
  const messages: string[] = [];
  const end = new AbortController();
  const source = { name: 'api', instance: 0, format: 'plain', out: file, err: path.join(folder, 'none.log') } as const;
  let enter = (): void => undefined;
  const busy = new Promise<void>((resolve) => (enter = resolve));
  const sink = async (batch: readonly LogEntry[]) => {
    enter();
    await options.gate?.();
    messages.push(...batch.map(({ message }) => message));
  };
  const reading = readLogs([source], { beginning: options.beginning ?? lastLines, streams: ['out'], matches: () => true }, sink, end.signal);
  const stop = async (): Promise<void> => {
    end.abort();
    await reading;
  };
  onTestFinished(stop);
  return {
    file,
    folder,
    messages,
    busy,
    stop,
    arrived: (count) => waitFor(() => messages.length >= count && messages, { what: `${count} lines` }),
  };
}

const lines = (from: number, to: number): string => Array.from({ length: to - from }, (_, index) => `line ${from + index}\n`).join('');
const numbered = (to: number): readonly string[] => lines(0, to).trimEnd().split('\n');

describe('following', () => {
  it('goes on where the stored lines end, an unfinished line included', async () => {
    const { file, arrived } = await follow({ content: 'one\ntw' });
    expect(await arrived(1)).toEqual(['one']);
    await appendFile(file, 'o\nthree\nfo');
    expect(await arrived(3)).toEqual(['one', 'two', 'three']);
    await appendFile(file, 'ur\n');
    expect(await arrived(4)).toEqual(['one', 'two', 'three', 'four']);
  });

  it('waits for a file, and for its folder, to come', async () => {
    const { file, folder, arrived } = await follow({ below: 'later' });
    await mkdir(folder);
    await writeFile(file, 'hello\n');
    expect(await arrived(1)).toEqual(['hello']);
  });

  it('reads the old file to its end, then the new one', async () => {
    const { file, arrived } = await follow({ content: lines(0, 10) });
    await arrived(10);
    await appendFile(file, lines(10, 20));
    await rename(file, `${file}.1`);
    await appendFile(`${file}.1`, lines(20, 30));
    await writeFile(file, lines(30, 40));
    expect(await arrived(40)).toEqual(numbered(40));
    await appendFile(file, lines(40, 50));
    expect(await arrived(50)).toEqual(numbered(50));
  });

  it('finds files that came and went while it was busy', async () => {
    let open = (): void => undefined;
    const closed = new Promise<void>((resolve) => (open = resolve));
    const { file, arrived, busy } = await follow({ content: lines(0, 10), gate: () => closed });
    await busy;
    await rename(file, `${file}.3`);
    await writeFile(`${file}.2`, lines(10, 20));
    await writeFile(`${file}.1`, lines(20, 30));
    await writeFile(file, lines(30, 40));
    open();
    expect(await arrived(40)).toEqual(numbered(40));
  });

  it('knows them by their time when its own file was compressed meanwhile', async () => {
    let open = (): void => undefined;
    const closed = new Promise<void>((resolve) => (open = resolve));
    const { file, arrived, busy } = await follow({ content: lines(0, 10), gate: () => closed });
    await busy;
    await utimes(file, 1000, 1000);
    await writeFile(`${file}.2.gz`, gzipSync(lines(0, 10)));
    await utimes(`${file}.2.gz`, 1000, 1000);
    await unlink(file);
    await writeFile(`${file}.1.gz`, gzipSync(lines(10, 20)));
    await writeFile(file, lines(20, 30));
    open();
    expect(await arrived(30)).toEqual(numbered(30));
  });

  it('begins again when the file is emptied', async () => {
    const { file, arrived } = await follow({ content: lines(0, 10) });
    await arrived(10);
    await truncate(file);
    await appendFile(file, 'a\n');
    expect((await arrived(11)).at(-1)).toBe('a');
  });

  it('survives that the file is removed', async () => {
    const { file, arrived } = await follow({ content: 'a\n' });
    await arrived(1);
    await rm(file);
    await writeFile(file, 'b\n');
    expect(await arrived(2)).toEqual(['a', 'b']);
  });

  it('reads what was written before the end', async () => {
    const { file, stop, messages } = await follow({ content: '' });
    await appendFile(file, 'last words\n');
    await stop();
    expect(messages).toEqual(['last words']);
  });

  it('loses nothing of a flood with many rotations', async () => {
    const { file, arrived } = await follow({ content: 'begin\n' });
    // Only now is it known that the reader has begun: it shows the last 100 of what was there before.
    await arrived(1);
    for (let round = 0; round < 20; round++) {
      await appendFile(file, lines(round * 500, round * 500 + 500));
      await rm(`${file}.5`, { force: true });
      for (let number = 4; number > 0; number--) await rename(`${file}.${number}`, `${file}.${number + 1}`).catch(() => undefined);
      await rename(file, `${file}.1`);
      await writeFile(file, '');
      await arrived(round * 500);
    }
    expect(await arrived(10_001)).toEqual(['begin', ...numbered(10_000)]);
  });
});

describe('positions', () => {
  it('show what came after they were noted: new lines of a known file, all of a new one', async () => {
    const folder = await temporaryFolder();
    const [known, fresh, foreign] = ['known.log', 'fresh.log', 'foreign.log'].map((name) => path.join(folder, name)) as [string, string, string];
    await writeFile(known, 'old\n');
    const positions = await notePositions([folder]);
    const unseen = await notePositions([]);
    expect(unseen.of(foreign, 1, 77)).toBe(77);
    await appendFile(known, 'new\n');
    await writeFile(fresh, 'all\n');
    const messages: string[] = [];
    const end = new AbortController();
    const sources = [known, fresh].map((out, instance) => ({ name: 'api', instance, format: 'plain' as const, out, err: out }));
    const sink = async (batch: readonly LogEntry[]) => {
      messages.push(...batch.map(({ message }) => message));
    };
    const reading = readLogs(sources, { beginning: { kind: 'positions', positions }, streams: ['out', 'err'], matches: () => true }, sink, end.signal);
    await waitFor(() => messages.length === 2);
    end.abort();
    await reading;
    expect(messages.toSorted()).toEqual(['all', 'new']);
  });

  it('begin a replaced file at its beginning', async () => {
    const folder = await temporaryFolder();
    const file = path.join(folder, 'x.log');
    await writeFile(file, 'old\n');
    const positions = await notePositions([folder]);
    expect(positions.of(file, -1, 100)).toBe(0);
  });
});
