import { execFileSync } from 'node:child_process';
import { existsSync, lchownSync, lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createCompressor } from '../../../electron/shim/compressor.ts';
import { Disk } from '../../../electron/shim/disk.ts';
import { LogFile } from '../../../electron/shim/log-file.ts';
import type { LogFileWriter } from '../../../electron/shim/log-writer.ts';
import type { LogFileRules } from '../../../electron/shim/rotating-file.ts';
import { rotatedFiles } from '../../../electron/supervisor/logs/rotated-files.ts';
import { manualClock } from '../../helpers/manual-clock.ts';
import { temporaryFolder } from '../../helpers/temporary.ts';
import { waitFor } from '../../helpers/wait-for.ts';

const compressDelayMs = 2000;

async function setUp(own: Partial<LogFileRules> = {}, name = 'logs/api.out.log') {
  const folder = await temporaryFolder();
  const file = path.resolve(folder, name);
  const clock = manualClock(Date.now());
  const said: string[] = [];
  const news: string[] = [];
  const log = (text: string): void => void said.push(text);
  const disk = new Disk(clock);
  const compressor = createCompressor(clock, compressDelayMs, disk, log);
  const rules = { maxSizeBytes: 100, maxFiles: 3, maxAgeMs: null, compress: false, ...own };
  const lost = { bytes: 0, lines: 0 };
  const writer: LogFileWriter = {
    listener: {
      onLoss: (reason, bytes, lines) => {
        news.push(`loss: ${reason}`);
        lost.bytes += bytes;
        lost.lines += lines;
      },
      onResumed: () => news.push('resumed'),
    },
    onPressure: () => undefined,
    note: (text) => Buffer.from(`${text}\n`),
  };
  const open = () => {
    const opened = new LogFile(file, rules, { clock, disk, compressor, budget: { used: 0 }, log });
    opened.join(writer);
    return {
      /** Resolves when it is on the disk, or cannot be written. */
      async write(bytes: Buffer): Promise<void> {
        opened.write(bytes);
        await opened.settled();
      },
      flush: () => opened.flush(),
      async check(): Promise<void> {
        opened.check();
        await opened.settled();
      },
      leave: () => opened.leave(writer),
      settled: () => opened.settled(),
      async close(): Promise<void> {
        opened.leave(writer);
        await opened.settled();
        opened.abandon();
      },
    };
  };
  return { folder, file, clock, said, news, lost, open, compressor, names: () => readdirSync(path.dirname(file)).sort(), text: (suffix = '') => readFileSync(`${file}${suffix}`, 'utf8') };
}

const line = (number: number): Buffer => Buffer.from(`${String(number).padStart(29, '0')}\n`);
const linesFrom = (first: number, count: number): Buffer => Buffer.concat(Array.from({ length: count }, (_, index) => line(first + index)));

describe('a log file', () => {
  it('comes with its first line, private like its folder', async () => {
    const { file, open } = await setUp();
    const log = open();
    expect(existsSync(file)).toBe(false);
    await log.write(line(0));
    await log.close();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(path.dirname(file)).mode & 0o777).toBe(0o700);
  });

  it('rotates before a line would take it over its size', async () => {
    const { open, names, text } = await setUp();
    const log = open();
    await log.write(linesFrom(0, 10));
    expect(names()).toEqual(['api.out.log', 'api.out.log.1', 'api.out.log.2', 'api.out.log.3']);
    expect([text('.3'), text('.2'), text('.1'), text()]).toEqual([linesFrom(0, 3), linesFrom(3, 3), linesFrom(6, 3), line(9)].map(String));
    await log.close();
  });

  it('keeps no more rotated files than it may, also none', async () => {
    const one = await setUp({ maxFiles: 1 });
    const log = one.open();
    await log.write(linesFrom(0, 10));
    expect(one.names()).toEqual(['api.out.log', 'api.out.log.1']);
    expect(one.text('.1')).toBe(String(linesFrom(6, 3)));
    await log.close();
    const none = await setUp({ maxFiles: 0 });
    const other = none.open();
    await other.write(linesFrom(0, 10));
    expect(none.names()).toEqual(['api.out.log']);
    expect(none.text()).toBe(String(line(9)));
    await other.close();
  });

  it('gives a line that is longer than the file may be a file of its own', async () => {
    const { open, text } = await setUp();
    const log = open();
    const long = `${'x'.repeat(150)}\n`;
    await log.write(Buffer.from(`short\n${long}short again\n`));
    expect([text('.2'), text('.1'), text()]).toEqual(['short\n', long, 'short again\n']);
    await log.close();
  });

  it('goes on with a file that is there, and ends the line that a crash cut off', async () => {
    const { open, file, text } = await setUp();
    mkdirSync(path.dirname(file));
    writeFileSync(file, 'torn');
    const log = open();
    await log.write(Buffer.from('new\n'));
    expect(text()).toBe('torn\nnew\n');
    await log.close();
  });

  it('fills the place of a rotated file that somebody removed, and loses none of the others', async () => {
    const { open, file, text, names } = await setUp({ maxFiles: 5 });
    let log = open();
    await log.write(linesFrom(0, 13));
    await log.close();
    rmSync(`${file}.2`);
    log = open();
    await log.write(linesFrom(13, 3));
    expect(names()).toEqual(['api.out.log', 'api.out.log.1', 'api.out.log.2', 'api.out.log.3', 'api.out.log.4']);
    expect([text('.4'), text('.3'), text('.2'), text('.1')]).toEqual([linesFrom(0, 3), linesFrom(3, 3), linesFrom(9, 3), linesFrom(12, 3)].map(String));
    await log.close();
  });

  it('compresses rotated files a moment later, whatever number they have by then', async () => {
    const { open, clock, names, file, text } = await setUp({ compress: true });
    const log = open();
    await log.write(linesFrom(0, 7));
    expect(names()).toEqual(['api.out.log', 'api.out.log.1', 'api.out.log.2']);
    const modifiedAt = statSync(`${file}.1`).mtimeMs;
    clock.advance(compressDelayMs);
    await log.write(linesFrom(7, 3));
    await waitFor(() => {
      clock.advance(compressDelayMs);
      return names().filter((name) => name.endsWith('.gz')).length === 3;
    });
    expect(names()).toEqual(['api.out.log', 'api.out.log.1.gz', 'api.out.log.2.gz', 'api.out.log.3.gz']);
    const unzipped = ['.3.gz', '.2.gz', '.1.gz'].map((suffix) => gunzipSync(readFileSync(`${file}${suffix}`)).toString());
    expect([...unzipped, text()]).toEqual([linesFrom(0, 3), linesFrom(3, 3), linesFrom(6, 3), line(9)].map(String));
    expect(statSync(`${file}.2.gz`).mtimeMs).toBeCloseTo(modifiedAt, -1);
    expect(statSync(`${file}.1.gz`).mode & 0o777).toBe(0o600);
    await log.close();
  });

  it('finishes what an earlier shim left half done', async () => {
    const { open, file, names, clock } = await setUp({ compress: true, maxFiles: 5 });
    mkdirSync(path.dirname(file));
    writeFileSync(`${file}.1`, 'first\n');
    writeFileSync(`${file}.2`, 'both\n');
    writeFileSync(`${file}.2.gz`, 'both');
    writeFileSync(`${file}.gz.tmp`, 'cut off');
    const log = open();
    await log.write(linesFrom(0, 4));
    expect(names()).toEqual(['api.out.log', 'api.out.log.1', 'api.out.log.2', 'api.out.log.3.gz', 'api.out.log.gz.tmp']);
    await waitFor(() => {
      clock.advance(compressDelayMs);
      return names().join(' ') === 'api.out.log api.out.log.1.gz api.out.log.2.gz api.out.log.3.gz';
    });
    await log.close();
  });

  it('rotates and removes by age', async () => {
    const { open, clock, names, file } = await setUp({ maxAgeMs: 60_000, maxSizeBytes: 1000 });
    const log = open();
    await log.write(line(0));
    clock.advance(60_001);
    utimesSync(file, clock.now() / 1000 - 10, clock.now() / 1000 - 10);
    await log.write(line(1));
    expect(names()).toEqual(['api.out.log', 'api.out.log.1']);
    expect(readFileSync(`${file}.1`, 'utf8')).toBe(String(line(0)));
    clock.advance(50_001);
    await log.check();
    expect(names()).toEqual(['api.out.log']);
    await log.close();
  });

  it('follows its path when the file is moved away', async () => {
    const { open, clock, file, text } = await setUp();
    const log = open();
    await log.write(line(0));
    renameSync(file, `${file}.old`);
    clock.advance(1000);
    await log.write(line(1));
    expect([text('.old'), text()]).toEqual([line(0), line(1)].map(String));
    await log.close();
  });

  it('follows its path too when the clock was set back meanwhile', async () => {
    const { open, clock, file, text } = await setUp();
    const log = open();
    await log.write(line(0));
    renameSync(file, `${file}.old`);
    clock.jump(-3_600_000);
    clock.advance(1000);
    await log.write(line(1));
    expect(text()).toBe(String(line(1)));
    await log.close();
  });

  it('is emptied with all that was rotated', async () => {
    const { open, names, text } = await setUp();
    const log = open();
    await log.write(linesFrom(0, 10));
    await log.flush();
    expect(names()).toEqual(['api.out.log']);
    await log.write(line(10));
    expect(text()).toBe(String(line(10)));
    await log.close();
  });

  it('grows on when it cannot be rotated, and says so once', async () => {
    const { open, file, text, said } = await setUp({ maxFiles: 1 });
    mkdirSync(`${file}.1/not-empty`, { recursive: true });
    const log = open();
    await log.write(linesFrom(0, 5));
    await log.write(linesFrom(5, 5));
    expect(text()).toBe(String(linesFrom(0, 10)));
    expect(said).toHaveLength(1);
    expect(said[0]).toContain('cannot be rotated');
    await log.close();
  });

  it.skipIf(!existsSync('/dev/full'))('keeps the newest lines of a disk that is full, and counts the others', async () => {
    const { open, clock, news, lost } = await setUp({}, '/dev/full');
    const log = open();
    await log.write(line(0));
    expect(news).toEqual(['loss: no space left on device']);
    for (let number = 0; number < 40_000; number += 100) await log.write(linesFrom(number, 100));
    for (let second = 0; second < 2; second += 1) {
      clock.advance(1000);
      await log.settled();
    }
    expect(lost.lines).toBeGreaterThan(4000);
    expect(lost.bytes).toBe(lost.lines * 30);
    expect(news).toEqual(['loss: no space left on device', 'loss: no space left on device']);
    await log.close();
    expect(clock.pending).toBe(0);
  });

  it('never rotates or removes what is no regular file', async () => {
    const { open } = await setUp({ maxSizeBytes: 10 }, '/dev/null');
    const log = open();
    await log.write(linesFrom(0, 100));
    await log.flush();
    await log.close();
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
    expect(existsSync('/dev/null.1')).toBe(false);
  });

  it('may be a FIFO that nobody reads: the shim goes on', async () => {
    const { open, folder, news } = await setUp({}, 'fifo');
    execFileSync('mkfifo', [path.join(folder, 'fifo')]);
    const log = open();
    await log.write(linesFrom(0, 10_000));
    expect(news).toEqual(['loss: resource temporarily unavailable']);
    await log.close();
  });

  it('waits for a folder that cannot be made, and then writes what it kept', async () => {
    const { open, clock, news, folder, text } = await setUp();
    writeFileSync(path.join(folder, 'logs'), 'in the way');
    const log = open();
    await log.write(line(0));
    expect(news).toHaveLength(1);
    rmSync(path.join(folder, 'logs'));
    clock.advance(1000);
    await log.settled();
    expect(text()).toBe(String(line(0)));
    expect(news.at(-1)).toBe('resumed');
    await log.close();
  });

  it('keeps what waits when its service has ended, and counts what it cannot keep', async () => {
    const { open, clock, folder, text, news } = await setUp();
    writeFileSync(path.join(folder, 'logs'), 'in the way');
    const log = open();
    await log.write(linesFrom(0, 2));
    log.leave();
    clock.advance(120_000);
    await log.settled();
    rmSync(path.join(folder, 'logs'));
    clock.advance(1000);
    await log.settled();
    expect(text()).toBe(String(linesFrom(0, 2)));
    expect(news.at(-1)).toBe('resumed');
    expect(clock.pending).toBe(0);
  });

  it('counts lines that are dropped after its service has ended', async () => {
    const { open, clock, folder, text, lost } = await setUp({ maxSizeBytes: 10 << 20 });
    writeFileSync(path.join(folder, 'logs'), 'in the way');
    const log = open();
    const count = 50_000;
    for (let number = 0; number < count; number += 100) await log.write(linesFrom(number, 100));
    log.leave();
    rmSync(path.join(folder, 'logs'));
    clock.advance(1000);
    await log.settled();
    const [note = '', ...lines] = text().trimEnd().split('\n');
    expect(note).toBe(`[tspm] ${lost.lines} lines (${lost.bytes} bytes) of output were lost: not a directory`);
    expect(lines.length + lost.lines).toBe(count);
  });
});

describe.skipIf(process.platform === 'win32')('a link as log', () => {
  it('is followed: its target is rotated beside itself, and found by readers', async () => {
    const { folder, file, open } = await setUp({ maxFiles: 2 });
    const target = path.join(folder, 'other disk', 'app.log');
    mkdirSync(path.dirname(file));
    symlinkSync(target, file);
    const log = open();
    await log.write(linesFrom(0, 7));
    expect(lstatSync(file).isSymbolicLink()).toBe(true);
    expect(readdirSync(path.dirname(file))).toEqual(['api.out.log']);
    expect(readdirSync(path.dirname(target)).sort()).toEqual(['app.log', 'app.log.1', 'app.log.2']);
    expect(readFileSync(target, 'utf8')).toBe(String(line(6)));
    expect((await rotatedFiles(file)).map((one) => path.basename(one.path))).toEqual(['app.log.1', 'app.log.2']);
    await log.flush();
    expect(readdirSync(path.dirname(target))).toEqual(['app.log']);
    await log.close();
  });

  it('to a device is written to, and nothing beside it is renamed', async () => {
    const { file, open } = await setUp({ maxSizeBytes: 10 });
    mkdirSync(path.dirname(file));
    symlinkSync('/dev/null', file);
    const log = open();
    await log.write(linesFrom(0, 100));
    await log.flush();
    await log.close();
    expect(lstatSync(file).isSymbolicLink()).toBe(true);
    expect(existsSync('/dev/null.1')).toBe(false);
  });

  it('of another user is refused', async (context) => {
    if (process.getuid?.() !== 0) {
      console.log('skipped: not root');
      context.skip();
    }
    const { folder, file, open, news } = await setUp();
    const victim = path.join(folder, 'victim');
    writeFileSync(victim, 'precious');
    mkdirSync(path.dirname(file));
    symlinkSync(victim, file);
    lchownSync(file, 54_321, 54_321);
    const log = open();
    await log.write(line(0));
    expect(news[0]).toContain('is a link that belongs to another user');
    expect(readFileSync(victim, 'utf8')).toBe('precious');
    await log.close();
  });
});
