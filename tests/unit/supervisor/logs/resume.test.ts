// A stream of logs that is left and gone on with: no line is lost or doubled, whatever happens to the files meanwhile.
import { appendFile, readdir, rename, rm, stat, truncate, unlink, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { waitFor } from '../../../helpers/wait-for.ts';
import { loggingEngine, numbered, numberedTexts, textsOf, type LoggingEngine, type LogSubscription } from './logging-engine.ts';

async function homeWith(content: string): Promise<LoggingEngine & { readonly log: string }> {
  const home = await loggingEngine();
  home.add({});
  const log = home.file('api');
  await writeFile(log, content);
  return { ...home, log };
}

/** Reads so many lines, and says where it stopped. */
async function leave(stream: LogSubscription, lines: number): Promise<string> {
  await stream.next();
  await stream.read(lines);
  await stream.stop();
  return stream.messages.at(-1)?.position ?? '';
}

async function rotate(log: string): Promise<void> {
  const names = await readdir(path.dirname(log));
  for (let number = names.length; number > 0; number--) {
    for (const end of ['', '.gz']) if (names.includes(`${path.basename(log)}.${number}${end}`)) await rename(`${log}.${number}${end}`, `${log}.${number + 1}${end}`);
  }
  await rename(log, `${log}.1`);
}

/** As the shim does: the time stays, the inode does not. */
async function compress(log: string, number: number, content: string): Promise<void> {
  await writeFile(`${log}.gz.tmp`, gzipSync(content));
  const written = 1_767_225_600 - number;
  await utimes(`${log}.gz.tmp`, written, written);
  await rename(`${log}.gz.tmp`, `${log}.${number}.gz`);
  await rm(`${log}.${number}`, { force: true });
}

describe('going on', () => {
  it('begins with the next line, without a snapshot', async () => {
    const { subscribe, log } = await homeWith(numbered(0, 10));
    const position = await leave(subscribe({}), 10);
    await appendFile(log, numbered(10, 20));
    const stream = subscribe({}, position);
    expect(await stream.read(10)).toEqual(numberedTexts(10, 20));
    expect(stream.messages[0]).toMatchObject({ previous: position });
  });

  it('is possible from each message, also in the middle of what was stored', async () => {
    const { add, file, subscribe } = await loggingEngine();
    add({ instances: 3 });
    const all: string[] = [];
    for (let instance = 0; instance < 3; instance++) {
      const texts = Array.from({ length: 700 }, (_, index) => `${instance}: żółć ${'x'.repeat(index % 50)} ${index}`);
      all.push(...texts);
      await writeFile(`${file('api', instance)}.2.gz`, gzipSync(`${texts.slice(0, 200).join('\n')}\n`));
      await writeFile(`${file('api', instance)}.1`, `${texts.slice(200, 450).join('\n')}\n`);
      await writeFile(file('api', instance), `${texts.slice(450).join('\n')}\n`);
    }
    const whole = subscribe({ lines: 1000, follow: false });
    expect([...(await whole.read(Number.POSITIVE_INFINITY))].toSorted()).toEqual(all.toSorted());
    for (const [index, { position }] of whole.messages.entries()) {
      const rest = subscribe({ lines: 1000, follow: false }, position);
      const before = textsOf(whole.messages.slice(0, index + 1));
      expect([...before, ...(await rest.read(Number.POSITIVE_INFINITY))].toSorted(), `message ${index}`).toEqual(all.toSorted());
      expect(rest.messages.every((message) => 'change' in message)).toBe(true);
    }
  });

  it('finds its file among those that were rotated', async () => {
    const { subscribe, log } = await homeWith(numbered(0, 10));
    const position = await leave(subscribe({ lines: 3 }), 3);
    await appendFile(log, numbered(10, 20));
    for (let round = 2; round < 5; round++) {
      await rotate(log);
      await writeFile(log, numbered(round * 10, round * 10 + 10));
    }
    expect(await subscribe({ lines: 3 }, position).read(40)).toEqual(numberedTexts(10, 50));
  });

  it('finds it when it was compressed meanwhile, and lets those pass that are older or look alike', async () => {
    const home = await homeWith('same\n'.repeat(3));
    const { subscribe, log } = home;
    await utimes(log, 1_767_225_000, 1_767_225_000);
    const position = await leave(subscribe({}), 3);
    await unlink(log);
    await writeFile(`${log}.4.gz`, gzipSync('same\n'.repeat(10)));
    await utimes(`${log}.4.gz`, 1_767_224_000, 1_767_224_000);
    await compress(log, 3, `${'same\n'.repeat(3)}a\nb\n`);
    await compress(log, 2, 'c\nd\n');
    await writeFile(`${log}.1`, 'e\n');
    await writeFile(log, 'f\n');
    expect(await subscribe({}, position).read(6)).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  });

  it('takes a file that has the inode and the line of the old one for another', async () => {
    const { subscribe, log } = await homeWith('tick\n'.repeat(3));
    const position = await leave(subscribe({}), 3);
    await rename(log, `${log}.1`);
    await appendFile(`${log}.1`, 'tick\nlast\n');
    await compress(log, 1, 'tick\ntick\ntick\ntick\nlast\n');
    await utimes(`${log}.1.gz`, new Date(), new Date());
    // File systems give the number of a removed file to the next one.
    await writeFile(log, 'tick\ntick\ntick\ntick\n');
    expect(await subscribe({}, position).read(6)).toEqual(['tick', 'last', 'tick', 'tick', 'tick', 'tick']);
  });

  it('begins an emptied file at its beginning, whether it is shorter or longer than before', async () => {
    const { subscribe, log } = await homeWith(numbered(0, 10));
    const position = await leave(subscribe({}), 10);
    await truncate(log);
    await appendFile(log, 'a\n');
    expect(await subscribe({}, position).read(1)).toEqual(['a']);
    await truncate(log);
    const longer = numbered(100, 150);
    await appendFile(log, longer);
    expect(await subscribe({}, position).read(50)).toEqual(longer.split('\n').slice(0, -1));
  });

  it('goes on in a log that had no file, with all that was written to it', async () => {
    const { add, subscribe, file } = await loggingEngine();
    add({});
    const stream = subscribe({});
    await stream.next();
    await stream.stop();
    const position = stream.messages[0]?.position ?? '';
    await writeFile(`${file('api')}.1`, numbered(0, 10));
    await writeFile(file('api'), numbered(10, 20));
    expect(await subscribe({}, position).read(20)).toEqual(numberedTexts(0, 20));
  });

  it('includes instances that came meanwhile, and forgets those that went', async () => {
    const { subscribe, log, add, file, remove } = await homeWith(numbered(0, 3));
    add({ name: 'gone' });
    await writeFile(file('gone'), numbered(0, 3));
    const position = await leave(subscribe({}), 6);
    remove('gone');
    add({ name: 'web' });
    await writeFile(file('web'), 'web is new\n');
    await appendFile(log, 'api goes on\n');
    const stream = subscribe({}, position);
    expect([...(await stream.read(2))].toSorted()).toEqual(['api goes on', 'web is new']);
    expect(stream.messages[0]).toHaveProperty('previous');
  });

  it('is possible in another engine of the same home', async () => {
    const first = await homeWith(numbered(0, 300));
    const position = await leave(first.subscribe({ lines: 300 }), 256);
    const second = await loggingEngine(first.engine.options.paths.home);
    second.add({});
    expect(await second.subscribe({ lines: 300 }, position).read(44)).toEqual(numberedTexts(256, 300));
  });

  it('loses and doubles nothing of a flood that is rotated and compressed, however often it is left', { timeout: 60_000 }, async () => {
    const { add, file, subscribe, shimLog } = await loggingEngine();
    add({ logs: { format: 'plain', out: null, err: null, merge: false, maxSizeBytes: 4096, maxFiles: 100, maxAgeMs: null, compress: true } });
    const log = shimLog(file('api'), { maxSizeBytes: 4096, compress: true, maxFiles: 100 });
    const total = 20_000;
    const texts: string[] = [];
    let position = await leave(subscribe({ lines: 0 }), 0);
    const write = async (): Promise<void> => {
      for (let written = 0; written < total; written += 100) {
        log.write(Buffer.from(numbered(written, written + 100)));
        await new Promise(setImmediate);
        // Never so far ahead that files are removed that nobody has read.
        await waitFor(() => written - texts.length < 5000);
      }
    };
    const writing = write();
    for (let round = 0; texts.length < total; round++) {
      const stream = subscribe({ lines: 0 }, position);
      for (let count = 0; count <= round % 4 && texts.length < total; count++) {
        const message = await stream.next();
        if (message === null) break;
        const more = textsOf([message]);
        expect(more).toEqual(numberedTexts(texts.length, texts.length + more.length));
        texts.push(...more);
        expect(message).toHaveProperty('change');
        position = message.position;
      }
      await stream.stop();
    }
    await writing;
  });
});

describe('a position that cannot be gone on from', () => {
  it('begins anew when its file is gone', async () => {
    const { subscribe, log } = await homeWith(numbered(0, 10));
    const position = await leave(subscribe({}), 10);
    await rotate(log);
    await writeFile(log, numbered(10, 20));
    await rm(`${log}.1`);
    const stream = subscribe({ lines: 5 }, position);
    expect(await stream.next()).toHaveProperty('snapshot');
    expect(await stream.read(5)).toEqual(numberedTexts(15, 20));
  });

  it('begins anew when an instance came whose old and new lines cannot be told apart', async () => {
    const { subscribe, add, file } = await homeWith(numbered(0, 10));
    await writeFile(file('web'), 'of an earlier life\n');
    const { birthtimeMs } = await stat(file('web'));
    await waitFor(() => Date.now() > birthtimeMs + 100, { what: 'the file to be older than the position' });
    const position = await leave(subscribe({}), 10);
    add({ name: 'web' });
    await appendFile(file('web'), 'new\n');
    expect(await subscribe({}, position).next()).toHaveProperty('snapshot');
  });

  it.each(['', 'rubbish', '1', '1.a.b', '~'.repeat(10_000), 'x'.repeat(100_000), '1.zzz.abcdef~../../..', '1.zzz.abcdef'])('begins anew with %.20s', async (position) => {
    const { subscribe } = await homeWith(numbered(0, 10));
    const stream = subscribe({}, position);
    expect(await stream.next()).toHaveProperty('snapshot');
    expect(await stream.read(10)).toEqual(numberedTexts(0, 10));
  });

  it('begins anew for other streams or selectors', async () => {
    const { subscribe } = await homeWith(numbered(0, 10));
    const position = await leave(subscribe({}), 10);
    expect(await subscribe({ streams: ['out'] }, position).next()).toHaveProperty('snapshot');
    expect(await subscribe({ selectors: ['api'] }, position).next()).toHaveProperty('snapshot');
  });

  it('survives one that was forged', async () => {
    const { subscribe } = await homeWith(numbered(0, 10));
    const position = await leave(subscribe({}), 10);
    const forged = position.replace(/\.[0-9a-z]+\.[\w-]{4}~/, '.zzzzzzzzz.aaaa~');
    expect(forged).not.toBe(position);
    expect(await subscribe({}, forged).read(10)).toEqual(numberedTexts(0, 10));
  });
});
