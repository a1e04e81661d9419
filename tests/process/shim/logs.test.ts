import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { LogFormat, LogTarget } from '../../../shared/model/shim-protocol.ts';
import { manualClock } from '../../helpers/manual-clock.ts';
import { scratchFolders } from '../../helpers/scratch-folders.ts';
import { waitFor } from '../../helpers/wait-for.ts';
import { startTestShim, type TestShim } from './shim-in-process.ts';

/** Writes numbered lines to stdout (and, with `both`, to stderr), in chunks that end anywhere. */
const numbered = (count: number, both = false): string => `
  const { writeSync } = require('node:fs');
  const write = (fd, text) => { for (let at = 0; at < text.length; at += 7001) writeSync(fd, text.slice(at, at + 7001)); };
  for (let first = 0; first < ${count}; first += 500) {
    let text = '';
    for (let number = first; number < Math.min(${count}, first + 500); number += 1) text += String(number).padStart(9, '0') + ' ' + 'x'.repeat(number % 97) + '\\n';
    write(1, text);
    if (${both}) write(2, text);
  }`;
const numberedLine = (number: number): string => `${String(number).padStart(9, '0')} ${'x'.repeat(number % 97)}`;
const numberedLines = (count: number): readonly string[] => Array.from({ length: count }, (_, number) => numberedLine(number));

const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z /;

function message(format: LogFormat, line: string): string {
  if (format === 'plain') return line;
  if (format === 'timestamps') {
    if (!time.test(line)) throw new Error(`no time before ${line}`);
    return line.replace(time, '');
  }
  const entry = JSON.parse(line) as { message: string; process: string; instance: number };
  expect(entry).toMatchObject({ process: 'api', instance: 0 });
  return entry.message;
}

/** All lines of a log, rotated files first. */
function everyLine(shim: TestShim, file = shim.target().out): readonly string[] {
  const folder = path.dirname(file);
  const older = readdirSync(folder)
    .map((name) => ({ name, number: Number(/\.(\d+)(\.gz)?$/.exec(name.startsWith(path.basename(file)) ? name : '')?.[1]) }))
    .filter(({ number }) => !Number.isNaN(number))
    .sort((a, b) => b.number - a.number)
    .map(({ name }) => readFileSync(path.join(folder, name)))
    .map((bytes) => (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes));
  const text = Buffer.concat([...older, readFileSync(file)]).toString();
  expect(text.endsWith('\n')).toBe(true);
  return text.slice(0, -1).split('\n');
}

describe('the output of a child', () => {
  it.each<{ format: LogFormat; merge: boolean }>([
    { format: 'plain', merge: false },
    { format: 'plain', merge: true },
    { format: 'timestamps', merge: false },
    { format: 'timestamps', merge: true },
    { format: 'json', merge: false },
    { format: 'json', merge: true },
  ])('is complete and whole: $format, merged $merge', async ({ format, merge }) => {
    const shim = await startTestShim();
    const own: Partial<LogTarget> = { format, ...(merge ? { err: shim.target().out } : {}) };
    shim.node(1, numbered(20_000, true), { logs: shim.target(own) });
    expect(await shim.heard('exited')).toMatchObject({ code: 0 });
    const lines = everyLine(shim).map((line) => message(format, line));
    if (!merge) {
      expect(lines).toEqual(numberedLines(20_000));
      expect(everyLine(shim, shim.target().err).map((line) => message(format, line))).toEqual(numberedLines(20_000));
      return;
    }
    expect([...lines].sort()).toEqual(numberedLines(20_000).flatMap((line) => [line, line]));
    expect(existsSync(shim.target().err)).toBe(false);
  });

  it('is in the log when the exit is handled, also what was left in the pipe', async () => {
    const shim = await startTestShim();
    for (let run = 1; run <= 20; run += 1) {
      shim.sh(run, `head -c 60000 /dev/zero | tr '\\0' ${run % 10}; kill -9 $$`);
      await shim.heard('exited', run);
      const lines = shim.out().trimEnd().split('\n');
      expect(lines).toHaveLength(run);
      expect(lines.at(-1)).toBe(String(run % 10).repeat(60_000));
    }
  });

  it('is shown before its line ends in a plain log', async () => {
    const shim = await startTestShim();
    shim.node(1, 'process.stdout.write("password: "); setInterval(() => {}, 1000)');
    await waitFor(() => shim.out() === 'password: ', { what: 'the prompt' });
  });

  it('is still written when it comes from a grandchild after the death, and the exit does not wait for it', async () => {
    const shim = await startTestShim();
    const go = path.join(shim.paths.home, 'go');
    shim.sh(1, `(while [ ! -e ${go} ]; do :; done; echo late) & echo early`);
    await shim.heard('exited');
    expect(shim.out()).toBe('early\n');
    writeFileSync(go, '');
    await waitFor(() => shim.out() === 'early\nlate\n', { what: 'the late line' });
  });

  it('is still written after the pipes were retired, until the last writer is gone', async () => {
    const clock = manualClock(Date.now());
    const shim = await startTestShim({ clock });
    const go = path.join(shim.paths.home, 'go');
    const descriptors = (): number => readdirSync('/proc/self/fd').length;
    const before = descriptors();
    shim.sh(1, `(while [ ! -e ${go} ]; do :; done; echo late) & echo early`);
    await shim.heard('exited');
    clock.advance(60_000);
    writeFileSync(go, '');
    await waitFor(() => shim.out() === 'early\nlate\n', { what: 'the late line' });
    await waitFor(() => descriptors() <= before, { what: 'pipes and logs to close' });
    shim.sh(2, 'echo again');
    await shim.heard('exited', 2);
    expect(shim.out()).toBe('early\nlate\nagain\n');
  });

  it('keeps characters whole that come in pieces, and cuts a line that never ends', async () => {
    const shim = await startTestShim();
    shim.node(1, 'const { writeSync } = require("fs"); for (const byte of Buffer.from("grüße 😀\\n")) writeSync(1, Buffer.of(byte)); writeSync(1, "€".repeat(30000))', {
      logs: shim.target({ format: 'json' }),
    });
    await shim.heard('exited');
    const entries = everyLine(shim).map((line) => JSON.parse(line) as { message: string; partial?: boolean });
    expect(entries[0]?.message).toBe('grüße 😀');
    expect(entries.slice(1).map((entry) => entry.partial)).toEqual([true, undefined]);
    expect(entries.slice(1).map((entry) => entry.message).join('')).toBe('€'.repeat(30_000));
  });

  it('goes to another file, in another format, when a later run says so', async () => {
    const shim = await startTestShim();
    shim.sh(1, 'echo one');
    await shim.heard('exited', 1);
    const out = path.join(shim.paths.home, 'elsewhere', 'deep', 'app.log');
    shim.sh(2, 'echo two; echo three >&2', { logs: shim.target({ out, err: out, format: 'timestamps' }) });
    await shim.heard('exited', 2);
    expect(shim.out()).toBe('one\n');
    expect(readFileSync(out, 'utf8').split('\n').map((line) => line.replace(time, '')).sort()).toEqual(['', 'three', 'two']);
  });

  it('may go to the same file as that of another instance, line by line', async () => {
    const shim = await startTestShim();
    for (const id of ['a:0', 'b:0']) shim.node(1, numbered(10_000), { id });
    await waitFor(() => shim.messages.filter((heard) => heard.type === 'exited').length === 2, { what: 'both to end' });
    await shim.heard('exited');
    expect([...everyLine(shim)].sort()).toEqual(numberedLines(10_000).flatMap((line) => [line, line]));
  });
});

describe.skipIf(process.platform !== 'linux' || !existsSync('/dev/shm'))('the folder in memory', () => {
  it('may vanish again and again: programs can still open their output again, and no line is lost', async () => {
    const shim = await startTestShim();
    const runs = 6;
    for (let run = 1; run <= runs; run += 1) {
      for (const folder of scratchFolders(shim.paths.run) ?? []) rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 5 });
      shim.sh(run, 'echo plain; echo again > /proc/self/fd/1; echo error > /dev/stderr', { id: `api:${run}` });
      expect(await shim.heard('exited', run)).toMatchObject({ code: 0 });
    }
    expect(shim.out()).toBe('plain\nagain\n'.repeat(runs));
    expect(readFileSync(shim.target().err, 'utf8')).toBe('error\n'.repeat(runs));
  });
});

describe('without FIFOs', () => {
  it.each([true, false])('the output comes through pipes of Node, as complete and whole (merged %s)', async (merge) => {
    vi.stubEnv('PATH', '/nonexistent');
    onTestFinished(() => void vi.unstubAllEnvs());
    const shim = await startTestShim();
    const logs = shim.target(merge ? { err: shim.target().out } : {});
    for (let run = 1; run <= 3; run += 1) {
      shim.node(run, `${numbered(10_000, true)}; process.stdout.write('unfinished')`, { logs });
      await shim.heard('exited', run);
    }
    const length = merge ? 3 * 20_001 : 3 * 10_001;
    await waitFor(() => shim.out().split('\n').length === length + 1, { what: 'the last line' });
    const lines = everyLine(shim);
    expect(lines.filter((line) => line === 'unfinished')).toHaveLength(3);
    const expected = numberedLines(10_000).flatMap((line) => Array.from({ length: merge ? 6 : 3 }, () => line));
    expect([...lines].filter((line) => line !== 'unfinished').sort()).toEqual(expected);
  });
});

describe('rotation under load', () => {
  it.each<{ format: LogFormat; merge: boolean }>([
    { format: 'plain', merge: false },
    { format: 'plain', merge: true },
    { format: 'timestamps', merge: false },
    { format: 'json', merge: true },
  ])('loses, doubles and tears nothing: $format, merged $merge', async ({ format, merge }) => {
    const shim = await startTestShim();
    const maxSizeBytes = 200_000;
    const own = { format, maxSizeBytes, maxFiles: 1000, compress: true, ...(merge ? { err: shim.target().out } : {}) };
    for (let run = 1; run <= 2; run += 1) {
      shim.node(run, numbered(50_000, merge), { logs: shim.target(own) });
      await shim.heard('exited', run);
    }
    const lines = everyLine(shim).map((line) => message(format, line));
    const copies = merge ? 4 : 2;
    expect(lines).toHaveLength(50_000 * copies);
    expect([...lines].sort()).toEqual(numberedLines(50_000).flatMap((line) => Array.from({ length: copies }, () => line)));
    if (!merge) expect(lines).toEqual([...numberedLines(50_000), ...numberedLines(50_000)]);
    const older = shim.logNames().filter((name) => name.startsWith('api-0.out.log.'));
    expect(older.length).toBeGreaterThan(20);
    for (const name of older.filter((name) => /\d$/.test(name))) expect(readFileSync(path.join(shim.paths.logs, name)).length).toBeLessThanOrEqual(maxSizeBytes);
  });

  it('compresses while the numbers shift', async () => {
    const clock = manualClock(Date.now());
    const shim = await startTestShim({ clock });
    const logs = shim.target({ maxSizeBytes: 50_000, maxFiles: 1000, compress: true });
    for (let run = 1; run <= 6; run += 1) {
      shim.node(run, numbered(3000), { logs });
      await shim.heard('exited', run);
      clock.advance(2000);
    }
    await waitFor(() => {
      clock.advance(2000);
      return shim.logNames().every((name) => !/\.(\d+|tmp)$/.test(name));
    }, { what: 'all rotated files to be compressed', timeoutMs: 20_000 });
    expect(everyLine(shim)).toEqual(Array.from({ length: 6 }, () => numberedLines(3000)).flat());
  });
});

describe('flush', () => {
  it('empties live files and removes rotated ones, of running instances and of others', async () => {
    const shim = await startTestShim();
    shim.node(1, `${numbered(5000)}; setInterval(() => {}, 1000)`, { logs: shim.target({ maxSizeBytes: 50_000 }) });
    await waitFor(() => shim.out().includes(numberedLine(4999)), { what: 'the last line' });
    const old = shim.target({ out: path.join(shim.paths.logs, 'old.out.log'), err: path.join(shim.paths.logs, 'old.err.log') });
    for (const name of ['old.out.log', 'old.out.log.1', 'old.out.log.2.gz']) writeFileSync(path.join(shim.paths.logs, name), 'old');
    shim.connection.receive({ type: 'flush', request: 5, ids: ['api:0', 'old:0'], files: [shim.target(), old] });
    expect(await shim.heard('flushed')).toEqual({ type: 'flushed', request: 5, error: null });
    expect(shim.logNames()).toEqual(['api-0.out.log', 'old.out.log']);
    expect(shim.out()).toBe('');
  });

  it('says what it could not empty', async () => {
    const shim = await startTestShim();
    mkdirSync(shim.target().out);
    shim.connection.receive({ type: 'flush', request: 1, ids: [], files: [shim.target()] });
    expect((await shim.heard('flushed')).error).toContain(`${shim.target().out} cannot be emptied`);
  });
});

function smallDisk(folder: string): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  try {
    mkdirSync(folder);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' });
    onTestFinished(() => void execFileSync('umount', ['-l', folder]));
    return true;
  } catch {
    // In a container without the right to mount.
    return false;
  }
}

describe('a full disk', () => {
  it.each<LogFormat>(['plain', 'timestamps', 'json'])('stops no service, and its loss is counted and told: %s', async (format) => {
    const clock = manualClock(Date.now());
    const shim = await startTestShim({ clock });
    const disk = path.join(shim.paths.home, 'disk');
    if (!smallDisk(disk)) {
      console.log('skipped: needs root and the right to mount a tmpfs');
      return;
    }
    const out = path.join(disk, 'api.log');
    const ballast = path.join(disk, 'ballast');
    writeFileSync(ballast, Buffer.alloc(600_000));
    const count = 60_000;
    shim.node(1, numbered(count), { logs: shim.target({ format, out }) });
    expect(await shim.heard('exited')).toMatchObject({ code: 0 });
    clock.advance(1000);
    const told = shim.messages.filter((heard) => heard.type === 'log-loss');
    expect(told).toHaveLength(2);
    expect(told[0]).toMatchObject({ id: 'api:0', reason: 'no space left on device' });
    const lost = told[1]?.lostLines ?? 0;
    expect(lost).toBeGreaterThan(1000);
    // Nothing is torn while the disk is full.
    const before = everyLine(shim, out).map((line) => message(format, line));
    expect(before).toEqual(numberedLines(before.length));

    execFileSync('mount', ['-o', 'remount,size=30m', disk]);
    clock.advance(1000);
    await shim.heard('log-resumed');
    const lines = everyLine(shim, out).map((line) => message(format, line));
    const note = lines.indexOf(lines.find((line) => line.startsWith('[tspm]')) ?? '');
    expect(lines[note]).toBe(`[tspm] ${lost} lines (${told[1]?.lostBytes} bytes) of output were lost: no space left on device`);
    expect(lines.slice(0, note)).toEqual(before);
    expect(lines.slice(note + 1)).toEqual(numberedLines(count).slice(before.length + lost));

    shim.sh(2, 'echo later', { logs: shim.target({ format, out }) });
    await shim.heard('exited', 2);
    expect(message(format, everyLine(shim, out).at(-1) ?? '')).toBe('later');
  });
});
