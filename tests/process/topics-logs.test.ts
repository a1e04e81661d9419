// The topic `logs`: what it begins with, what comes, who joins, and what is left when the reader has gone.
import { appendFile, mkdir, readdir, readlink, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { TopicMessage } from '../../shared/contract/topics.ts';
import { engineHome } from '../helpers/engine-home.ts';
import { makeSpec } from '../helpers/specs.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { entriesOf, loggingEngine, numbered, numberedTexts } from '../unit/supervisor/logs/logging-engine.ts';

const base = Date.parse('2026-01-01T00:00:00.000Z');
const at = (second: number, text: string): string => `${new Date(base + second * 1000).toISOString()} ${text}\n`;
const timestamps = { format: 'timestamps', out: null, err: null, merge: false, maxSizeBytes: 1 << 20, maxFiles: 3, maxAgeMs: null, compress: false } as const;

describe('a stream of logs', () => {
  it('begins with whom it reads, then the last lines in the order of time, then what comes', async () => {
    const { add, file, subscribe } = await loggingEngine();
    add({ name: 'api', logs: timestamps });
    add({ name: 'web', logs: timestamps });
    await writeFile(file('api'), at(0, 'too old') + at(1, 'a') + at(4, 'd'));
    await writeFile(file('api', 0, 'err'), at(2, 'b'));
    await writeFile(file('web'), at(3, 'c'));
    const stream = subscribe({ lines: 2 });
    expect(await stream.next()).toMatchObject({ snapshot: { instances: [{ name: 'api', instance: 0 }, { name: 'web', instance: 0 }] } });
    expect(await stream.read(4)).toEqual(['a', 'b', 'c', 'd']);
    await appendFile(file('api', 0, 'err'), at(5, 'e'));
    expect(await stream.read(5)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(entriesOf(stream.messages).at(-1)).toEqual({ process: 'api', instance: 0, stream: 'err', time: base + 5000, message: 'e', fields: null });
  });

  it('links each message to the one before, and none has more than 256 entries', async () => {
    const { add, file, subscribe } = await loggingEngine();
    add({});
    await writeFile(file('api'), numbered(0, 5000));
    const stream = subscribe({ lines: 4000 });
    expect(await stream.read(4000)).toEqual(numberedTexts(1000, 5000));
    stream.messages.forEach((message, index) => {
      if (index > 0) expect(message).toMatchObject({ previous: stream.messages[index - 1]?.position });
      if ('change' in message) expect(message.change.entries.length).toBeLessThanOrEqual(256);
    });
    expect(new Set(stream.messages.map(({ position }) => position)).size).toBe(stream.messages.length);
    expect(stream.messages.some(({ position }) => position.includes('tmp'))).toBe(false);
  });

  it('tells lines that come one by one together', async () => {
    const { add, file, subscribe } = await loggingEngine();
    add({});
    const stream = subscribe({ lines: 0 });
    await stream.next();
    const reading = stream.read(1000);
    for (let number = 0; number < 1000; number++) await appendFile(file('api'), `line ${number}\n`);
    expect(await reading).toEqual(numberedTexts(0, 1000));
    // One every 40 ms, and the writing takes less than a second or two.
    expect(stream.messages.length).toBeLessThan(200);
  });

  it('without follow ends behind what is stored, an unfinished line included', async () => {
    const { add, file, subscribe } = await loggingEngine();
    add({});
    await writeFile(`${file('api')}.1`, numbered(0, 10));
    await writeFile(file('api'), `${numbered(10, 20)}unfinished`);
    const stream = subscribe({ lines: 15, follow: false });
    expect(await stream.read(Number.POSITIVE_INFINITY)).toEqual([...numberedTexts(6, 20), 'unfinished']);
    const other = subscribe({ lines: 15, follow: false }, stream.messages.at(-1)?.position);
    expect(await other.read(1)).toEqual([]);
    expect(other.messages).toEqual([]);
  });

  it('holds only the streams that are wanted, also out of a file with both', async () => {
    const { add, file, subscribe } = await loggingEngine();
    add({ name: 'api', logs: { ...timestamps, format: 'json', merge: true } });
    const line = (stream: string, message: string): string => `${JSON.stringify({ time: new Date(base).toISOString(), stream, message })}\n`;
    await writeFile(file('api'), line('err', 'e1') + line('err', 'e2') + line('out', 'o1').repeat(100));
    const stream = subscribe({ lines: 1, streams: ['err'] });
    expect(await stream.read(1)).toEqual(['e2']);
    await appendFile(file('api'), line('out', 'o2') + line('err', 'e3'));
    expect(await stream.read(2)).toEqual(['e2', 'e3']);
  });

  it('says what matches nothing, and which file cannot be read', async () => {
    const { add, file, subscribe } = await loggingEngine();
    add({});
    await expect(subscribe({ selectors: ['nobody'] }).next()).rejects.toMatchObject({ code: 'nothing-matched' });
    await mkdir(file('api'));
    await expect(subscribe({}).next()).rejects.toMatchObject({ code: 'failed', message: expect.stringContaining(file('api')) as unknown });
  });
});

describe('instances', () => {
  it('that come later are read at once, without what others of their name have left', async () => {
    const { add, file, subscribe, logs } = await loggingEngine();
    add({ name: 'api-1' });
    const stream = subscribe({ selectors: ['api*'] });
    await stream.next();
    await writeFile(path.join(logs, 'api-2-0.out.log'), 'old\n');
    add({ name: 'api-2' });
    add({ name: 'other' });
    await appendFile(file('api-2'), 'new\n');
    await writeFile(file('other'), 'not selected\n');
    expect(await stream.read(1)).toEqual(['new']);
    add({ name: 'api-3', instances: 2 });
    await writeFile(file('api-3', 1), 'second\n');
    expect(await stream.read(2)).toEqual(['new', 'second']);
  });

  it('that are taken away are read to their end, then closed; the others go on', async () => {
    const { add, remove, file, subscribe } = await loggingEngine();
    add({ name: 'api' });
    add({ name: 'job' });
    await writeFile(file('job'), 'begun\n');
    await writeFile(file('api'), 'up\n');
    const jobLog = file('job');
    const stream = subscribe({});
    expect([...(await stream.read(2))].toSorted()).toEqual(['begun', 'up']);
    remove('job');
    await appendFile(jobLog, 'last words\n');
    expect((await stream.read(3)).at(-1)).toBe('last words');
    await waitFor(async () => !(await openFiles()).includes(jobLog), { what: 'the log to be closed', timeoutMs: 15_000 });
    await appendFile(file('api'), 'on\n');
    expect((await stream.read(4)).at(-1)).toBe('on');
    add({ name: 'job' });
    await appendFile(jobLog, 'again\n');
    expect((await stream.read(5)).at(-1)).toBe('again');
  });
});

describe('the end of a reader', () => {
  it('closes every file and watcher, however it ends', async () => {
    const { add, file, subscribe } = await loggingEngine();
    // More than Node thinks usual for listeners of one signal.
    add({ instances: 12 });
    const warnings: string[] = [];
    const warn = (warning: Error): void => void warnings.push(warning.message);
    process.on('warning', warn);
    onTestFinished(() => void process.off('warning', warn));
    for (let instance = 0; instance < 12; instance++) await writeFile(file('api', instance), numbered(0, 1000));
    const rest = await held();
    for (let round = 0; round < 50; round++) {
      const abort = new AbortController();
      const stream = subscribe({ lines: round % 2 === 0 ? 1000 : 0 }, null, abort.signal);
      await stream.next();
      if (round % 2 === 0) await stream.next();
      expect(await held()).toEqual({ open: expect.toSatisfy((open: readonly string[]) => open.length >= 12) as unknown, watchers: ['FSEventWrap'] });
      const waiting = round % 4 === 3 ? stream.next() : null;
      if (round % 3 === 0) abort.abort();
      else await stream.stop();
      if (waiting !== null) expect(await waiting).toBeNull();
      while ((await stream.next()) !== null);
    }
    expect(await held()).toEqual(rest);
    expect(warnings).toEqual([]);
  });

  it('is seen at once by a stream that has not begun', async () => {
    const { add, subscribe } = await loggingEngine();
    add({});
    expect(await subscribe({}, null, AbortSignal.abort()).next()).toBeNull();
  });

  it('leaves a stream that failed with nothing open', async () => {
    const { add, file, subscribe } = await loggingEngine();
    add({ instances: 3 });
    for (const instance of [0, 1]) await writeFile(file('api', instance), numbered(0, 10));
    await mkdir(file('api', 2));
    const rest = await held();
    await expect(subscribe({}).next()).rejects.toMatchObject({ code: 'failed' });
    await rm(file('api', 2), { recursive: true });
    expect(await held()).toEqual(rest);
  });
});

/** Files and watchers that this process has open. */
async function held() {
  const open = (await openFiles()).filter((name) => name.endsWith('.log'));
  return { open, watchers: process.getActiveResourcesInfo().filter((one) => one === 'FSEventWrap') };
}

async function openFiles(): Promise<readonly string[]> {
  const names = await readdir('/proc/self/fd');
  return await Promise.all(names.map((name) => readlink(`/proc/self/fd/${name}`).catch(() => '')));
}

describe('over a real engine', () => {
  const counter = makeSpec({ name: 'counter', args: ['-e', 'let n = 0; setInterval(() => console.log(`line ${n++}`), 5)'], minUptimeMs: 20, logs: { ...timestamps, maxSizeBytes: 4096, maxFiles: 100, compress: true } });

  it('goes on behind the last line when the engine was killed', { timeout: 60_000 }, async () => {
    const home = await engineHome();
    const { owner } = await home.boot();
    await home.start(counter);
    const texts: string[] = [];
    let position: string | null = null;
    const read = async (until: () => boolean): Promise<void> => {
      const abort = new AbortController();
      const next = (message: TopicMessage<'logs'>): void => {
        if (position === null) expect(message).toHaveProperty('snapshot');
        else expect(message).toHaveProperty('previous');
        if ('change' in message) texts.push(...message.change.entries.map((entry) => entry.message));
        position = message.position;
        if (until()) abort.abort();
      };
      await home.client.subscribe('logs', { selectors: ['counter'], lines: 10_000 }, { after: position, signal: abort.signal, next });
    };
    await read(() => texts.length >= 50);
    const reading = read(() => false);
    process.kill(owner?.pid ?? 0, 'SIGKILL');
    await expect(reading).rejects.toMatchObject({ code: 'engine-unreachable' });
    await waitFor(() => home.status().then((report) => report.owner?.pid !== owner?.pid, () => false), { what: 'another engine', timeoutMs: 15_000 });
    const seen = texts.length;
    await read(() => texts.length >= seen + 500);
    expect(texts).toEqual(numberedTexts(0, texts.length));
  });
});
