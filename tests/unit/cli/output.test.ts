import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createOutput, wantsColour } from '../../../electron/cli/output.ts';

function terminal(isTTY: boolean, env: Readonly<Record<string, string>> = {}, columns = 80) {
  const stream = () => Object.assign(new PassThrough(), { isTTY, columns });
  const stdout = stream();
  const stderr = stream();
  return { stdout, stderr, env, written: () => ({ stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') }) };
}

describe('wantsColour', () => {
  it.each([
    [true, {}, true],
    [false, {}, false],
    [true, { NO_COLOR: '1' }, false],
    [true, { NO_COLOR: '' }, true],
    [true, { TERM: 'dumb' }, false],
    [false, { FORCE_COLOR: '1' }, true],
    [true, { FORCE_COLOR: '0' }, false],
    [true, { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
    [false, { CI: 'true' }, false],
  ])('terminal %s with %j: %s', (isTerminal, env, expected) => expect(wantsColour(isTerminal, env)).toBe(expected));
});

describe('createOutput', () => {
  it('prints the text for people, and the value with --json', () => {
    const people = terminal(false);
    createOutput(people, false).result({ a: 1 }, () => 'one');
    expect(people.written().stdout).toBe('one\n');
    const programs = terminal(false);
    createOutput(programs, true).result({ a: 1 }, () => 'one');
    expect(JSON.parse(programs.written().stdout)).toEqual({ a: 1 });
  });

  it('has the width of the terminal, and none without one', () => {
    expect(createOutput(terminal(true, {}, 132), false).width).toBe(132);
    expect(createOutput(terminal(false), false).width).toBe(Number.POSITIVE_INFINITY);
  });

  it('removes the progress line before anything else is written', () => {
    const screen = terminal(true);
    const output = createOutput(screen, false);
    output.progress('starting 1/2');
    output.note('note');
    expect(screen.written().stderr).toBe('starting 1/2\r\u001B[Knote\n');
  });

  it('shows no progress where a line cannot be rewritten', () => {
    const pipe = terminal(false);
    createOutput(pipe, false).progress('starting 1/2');
    expect(pipe.written().stderr).toBe('');
  });

  it('cuts the progress line to the terminal', () => {
    const screen = terminal(true, {}, 20);
    createOutput(screen, false).progress('x'.repeat(100));
    expect(screen.written().stderr).toHaveLength(19);
  });

  it('waits for a slow reader, and no longer when the reader has gone', async () => {
    const slow = terminal(false);
    const output = createOutput(slow, false);
    let done = false;
    const writing = output.write('x'.repeat(1_000_000)).then(() => (done = true));
    await Promise.resolve();
    expect(done).toBe(false);
    slow.stdout.resume();
    await writing;
    const left = terminal(false);
    const orphan = createOutput(left, false);
    const waiting = orphan.write('x'.repeat(1_000_000));
    left.stdout.emit('error', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
    await waiting;
    await orphan.write('x'.repeat(1_000_000));
  });
});
