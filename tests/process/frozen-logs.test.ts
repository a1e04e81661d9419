// A log on a disk that hangs, or that cannot be opened at all, costs its own lines at most: commands, other logs and traffic
// go on as if nothing were.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, type TestContext } from 'vitest';
import type { ProcessSpec } from '../../shared/contract/spec.ts';
import { engineHome, type EngineHome } from '../helpers/engine-home.ts';
import { freePort } from '../helpers/free-port.ts';
import { freezableDisk, type FrozenDisk } from '../helpers/frozen-disk.ts';
import { makeSpec } from '../helpers/specs.ts';
import { waitFor } from '../helpers/wait-for.ts';

/** A command is far from the time that a hanging disk would cost it. */
const promptlyMs = 8000;
const loud = (name: string, out: string | null, own: Partial<ProcessSpec> = {}): ProcessSpec =>
  makeSpec({ name, args: ['-e', 'let n = 0; setInterval(() => console.log(`line ${n++}`), 5)'], logs: { ...makeSpec().logs, out }, ...own });
const server = `require('node:http').createServer((_, response) => response.end('hello')).listen(process.env.PORT)`;

async function promptly<Value>(what: string, work: Promise<Value>): Promise<Value> {
  const began = performance.now();
  const result = await work;
  expect(performance.now() - began, what).toBeLessThan(promptlyMs);
  return result;
}

async function frozenHome(context: TestContext): Promise<{ home: EngineHome; disk: FrozenDisk }> {
  const home = await engineHome();
  await home.boot();
  const disk = freezableDisk(home.folder);
  if (disk === null) context.skip();
  return { home, disk };
}

/** Milliseconds of requests one after the other, sorted. */
async function latencies(url: string, count: number): Promise<readonly number[]> {
  const taken: number[] = [];
  for (let request = 0; request < count; request += 1) {
    const began = performance.now();
    expect(await (await fetch(url)).text()).toBe('hello');
    taken.push(performance.now() - began);
  }
  return taken.sort((a, b) => a - b);
}

it('a frozen disk under one log leaves traffic, other logs and every command alone', { timeout: 60_000 }, async (context) => {
  const { home, disk } = await frozenHome(context);
  const port = await freePort();
  const out = path.join(disk.folder, 'stuck.log');
  const web = makeSpec({ name: 'web', args: ['-e', server], port, balancer: { ...makeSpec().balancer, mode: 'http' } });
  await home.start(web, loud('stuck', out), loud('other', null), loud('second', path.join(disk.folder, 'second.log')));
  await waitFor(() => readFileSync(out, 'utf8').includes('line 20\n'), { what: 'lines before the freeze' });
  disk.freeze();
  await waitFor(async () => (await home.status()).notices.some((notice) => notice.message.includes('stuck:0: log output cannot be written (the disk does not answer)')), { what: 'a notice' });

  const taken = await latencies(`http://127.0.0.1:${port}/`, 300);
  expect(taken[Math.floor(taken.length * 0.99)]).toBeLessThan(500);
  const before = (await home.log('other-0.out.log')).length;
  await waitFor(async () => (await home.log('other-0.out.log')).length > before, { what: 'the other log to go on' });
  for (const name of ['stuck', 'other', 'web']) await promptly(`restart ${name}`, home.client.call('restart', { selectors: [name], environment: {}, wait: true }));
  await promptly('stop', home.client.call('stop', { selectors: ['stuck'] }));
  expect((await home.one('stuck')).lostLogLines).toBe(0);
  await promptly('delete', home.client.call('delete', { selectors: ['second'] }));

  disk.thaw();
  const text = await waitFor(() => {
    const now = readFileSync(out, 'utf8');
    return now.split('line 0\n').length === 3 && now;
  }, { what: 'what waited to be written' });
  // Each run in order and whole.
  for (const run of text.split('line 0\n').slice(1)) {
    const numbers = run.trimEnd().split('\n').filter((line) => line !== '').map((line) => Number(line.replace('line ', '')));
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  }
});

it('what a frozen disk cannot take is counted, and the count is right', { timeout: 60_000 }, async (context) => {
  const { home, disk } = await frozenHome(context);
  const out = path.join(disk.folder, 'flood.log');
  const total = 100_000;
  const flood = `
    const fs = require('node:fs');
    fs.writeSync(1, 'ready\\n');
    setTimeout(() => { let text = ''; for (let n = 0; n < ${total}; n++) text += String(n).padStart(30, '0') + '\\n'; fs.writeFileSync(1, text); }, 2000);
    setInterval(() => undefined, 1000);`;
  await home.start(makeSpec({ name: 'flood', args: ['-e', flood], logs: { ...makeSpec().logs, out, maxSizeBytes: 10 << 20 } }));
  await waitFor(() => readFileSync(out, 'utf8') === 'ready\n', { what: 'the first line' });
  disk.freeze();
  const lost = await waitFor(async () => (await home.one('flood')).lostLogLines || null, { what: 'a loss', timeoutMs: 20_000 });
  disk.thaw();
  const text = await waitFor(() => {
    const now = readFileSync(out, 'utf8');
    return now.endsWith(`${String(total - 1).padStart(30, '0')}\n`) && now;
  }, { what: 'the newest lines' });
  const lines = text.split('\n').filter((line) => /^\d{30}$/.test(line));
  const final = (await home.one('flood')).lostLogLines;
  expect(final).toBeGreaterThanOrEqual(lost);
  expect(lines.length + final).toBe(total);
  expect(text).toMatch(/^\[tspm\] \d+ lines \(\d+ bytes\) of output were lost: the disk does not answer$/m);
});

it('tspm kill ends everything in time although a disk is frozen', { timeout: 60_000 }, async (context) => {
  const { home, disk } = await frozenHome(context);
  const out = path.join(disk.folder, 'stuck.log');
  await home.start(loud('stuck', out), loud('other', null));
  await waitFor(() => readFileSync(out, 'utf8') !== '', { what: 'a line' });
  disk.freeze();
  await waitFor(async () => (await home.status()).notices.some((notice) => notice.message.includes('the disk does not answer')), { what: 'a notice' });
  await promptly('kill', home.client.call('kill', {}));
  await waitFor(async () => (await home.children()).length === 0, { what: 'all services to end' });
  disk.thaw();
  // For the end of the test: it wants an engine to say good-bye to.
  await home.boot();
});

it('a log below /proc is refused in words, and nothing else suffers', async () => {
  const home = await engineHome();
  await home.boot();
  await home.start(loud('impossible', '/proc/99999999/fd/1'), loud('other', null));
  await waitFor(async () => (await home.status()).notices.some((notice) => notice.message.includes('impossible:0: log output cannot be written (no such file or directory)')), { what: 'a notice' });
  await waitFor(async () => (await home.log('other-0.out.log')).includes('line 20\n'), { what: 'the other log' });
  await promptly('restart', home.client.call('restart', { selectors: ['impossible'], environment: {}, wait: true }));
  await promptly('stop', home.client.call('stop', { selectors: ['impossible'] }));
  await promptly('delete', home.client.call('delete', { selectors: ['impossible'] }));
});
