import { describe, expect, it } from 'vitest';
import { intake, LineAssembler, maxLineBytes } from '../../../electron/shim/line-assembler.ts';

interface Heard {
  readonly parts: { readonly kind: 'lines' | 'piece'; readonly bytes: Buffer }[];
  accept(bytes: Buffer): void;
  finish(): void;
}

function listen(writesPartials: boolean): Heard {
  const parts: Heard['parts'] = [];
  const assembler = new LineAssembler(
    {
      lines: (bytes) => parts.push({ kind: 'lines', bytes: Buffer.from(bytes) }),
      piece: (bytes) => parts.push({ kind: 'piece', bytes: Buffer.from(bytes) }),
    },
    () => writesPartials,
  );
  return {
    parts,
    accept: (bytes) => assembler.accept(bytes.copy(intake)),
    finish: () => assembler.finish(),
  };
}

const all = (heard: Heard): string => Buffer.concat(heard.parts.map((part) => part.bytes)).toString();

describe('LineAssembler', () => {
  it('holds an unfinished line until its end', () => {
    const heard = listen(false);
    heard.accept(Buffer.from('one\ntw'));
    expect(all(heard)).toBe('one\n');
    heard.accept(Buffer.from('o\nthree'));
    expect(all(heard)).toBe('one\ntwo\n');
    heard.finish();
    expect(all(heard)).toBe('one\ntwo\nthree\n');
  });

  it('hands an unfinished line out at once where that is wanted, and ends it at the end', () => {
    const heard = listen(true);
    heard.accept(Buffer.from('password: '));
    expect(all(heard)).toBe('password: ');
    heard.finish();
    heard.finish();
    expect(all(heard)).toBe('password: \n');
  });

  it('never tears a character that comes in two chunks', () => {
    const text = Buffer.from('grüße 😀 end\n');
    for (let cut = 1; cut < text.length; cut += 1) {
      const heard = listen(false);
      heard.accept(text.subarray(0, cut));
      heard.accept(text.subarray(cut));
      expect(heard.parts).toEqual([{ kind: 'lines', bytes: text }]);
    }
  });

  it.each([true, false])('does not cut a line of exactly the limit (partials written: %s)', (writesPartials) => {
    const heard = listen(writesPartials);
    heard.accept(Buffer.alloc(maxLineBytes, 'x'));
    heard.accept(Buffer.from('\nnext\n'));
    expect(heard.parts.some((part) => part.kind === 'piece')).toBe(false);
    expect(all(heard)).toBe(`${'x'.repeat(maxLineBytes)}\nnext\n`);
  });

  it.each([true, false])('cuts a longer line into pieces at the limit (partials written: %s)', (writesPartials) => {
    const heard = listen(writesPartials);
    for (let sent = 0; sent < 150_000; sent += 30_000) heard.accept(Buffer.alloc(30_000, 'x'));
    heard.accept(Buffer.from('\nnext\n'));
    expect(all(heard)).toBe(`${'x'.repeat(150_000)}\nnext\n`);
    const lengths: number[] = [0];
    for (const part of heard.parts) {
      const text = part.bytes.toString().split('\n')[0] ?? '';
      lengths[lengths.length - 1] = (lengths.at(-1) ?? 0) + text.length;
      if (part.kind === 'piece') lengths.push(0);
    }
    expect(lengths).toEqual([maxLineBytes, maxLineBytes, 150_000 - 2 * maxLineBytes]);
  });

  it.each([true, false])('cuts a long line of multi-byte characters between two of them (partials written: %s)', (writesPartials) => {
    for (const lead of [0, 1, 2, 3]) {
      const line = Buffer.from(`${'a'.repeat(lead)}${'€'.repeat(50_000)}`);
      const heard = listen(writesPartials);
      for (let sent = 0; sent < line.length; sent += 7001) heard.accept(line.subarray(sent, sent + 7001));
      heard.accept(Buffer.from('\n'));
      let piece = Buffer.alloc(0);
      for (const part of heard.parts) {
        piece = Buffer.concat([piece, part.bytes]);
        if (part.kind !== 'piece') continue;
        expect(piece.toString('utf8')).not.toContain('\ufffd');
        expect(piece.length).toBeLessThanOrEqual(maxLineBytes + 3);
        piece = Buffer.alloc(0);
      }
      expect(all(heard)).toBe(`${line.toString()}\n`);
    }
  });

  it('gives up looking for a character boundary in bytes that are no UTF-8', () => {
    const heard = listen(false);
    heard.accept(Buffer.alloc(60_000, 0x80));
    heard.accept(Buffer.alloc(60_000, 0x80));
    expect(heard.parts.map((part) => part.bytes.length)).toEqual([maxLineBytes + 3]);
  });

  it('gives the same lines however the bytes were cut into chunks', () => {
    const text = Buffer.from(Array.from({ length: 300 }, (_, line) => `${line} ${'é'.repeat((line * 7919) % 211)}`).join('\n'));
    for (const size of [1, 2, 3, 1000, 65_536]) {
      for (const writesPartials of [true, false]) {
        const heard = listen(writesPartials);
        for (let sent = 0; sent < text.length; sent += size) heard.accept(text.subarray(sent, sent + size));
        heard.finish();
        expect(all(heard)).toBe(`${text.toString()}\n`);
        if (!writesPartials) expect(heard.parts.filter((part) => part.bytes.at(-1) !== 10)).toEqual([]);
      }
    }
  });
});
