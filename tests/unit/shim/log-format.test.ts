import { describe, expect, it } from 'vitest';
import { createEncoder } from '../../../electron/shim/log-format.ts';
import type { LogFormat } from '../../../shared/model/shim-protocol.ts';

const now = (): number => Date.UTC(2026, 0, 2, 3, 4, 5, 678);
const time = '2026-01-02T03:04:05.678Z';

function encoder(format: LogFormat) {
  return createEncoder({ format, process: 'api', instance: 2 }, 'err', now);
}

function lines(format: LogFormat, text: string | Buffer): string {
  return encoder(format).lines(Buffer.from(text)).toString();
}

function json(text: string | Buffer): unknown[] {
  return lines('json', text).trimEnd().split('\n').map((line) => JSON.parse(line) as unknown);
}

const own = { time, process: 'api', instance: 2, stream: 'err' };

describe('plain', () => {
  it('is what the program wrote', () => {
    expect(lines('plain', 'a\r\n\tb\n')).toBe('a\r\n\tb\n');
  });
  it('marks a line that goes on', () => {
    expect(encoder('plain').piece(Buffer.from('long')).toString()).toBe('long …[line continues]\n');
  });
});

describe('timestamps', () => {
  it('puts the time before every line, not before every chunk', () => {
    expect(lines('timestamps', 'one\n\nthree €\n')).toBe(`${time} one\n${time} \n${time} three €\n`);
  });
  it('keeps bytes that are no UTF-8', () => {
    const written = encoder('timestamps').lines(Buffer.from([0xff, 0xfe, 0x0a]));
    expect(written).toEqual(Buffer.concat([Buffer.from(`${time} `), Buffer.from([0xff, 0xfe, 0x0a])]));
  });
  it('marks a line that goes on', () => {
    expect(encoder('timestamps').piece(Buffer.from('long')).toString()).toBe(`${time} long …[line continues]\n`);
  });
  it('survives a chunk of newlines only, which grows twentyfold', () => {
    expect(lines('timestamps', '\n'.repeat(65_536))).toBe(`${time} \n`.repeat(65_536));
  });
});

describe('json', () => {
  it('gives one object per line', () => {
    expect(json('one\ntwo €\n\n')).toEqual([
      { ...own, message: 'one' },
      { ...own, message: 'two €' },
      { ...own, message: '' },
    ]);
  });
  it('escapes what must be escaped', () => {
    const message = 'tab\t quote" back\\slash \u001b[31mred\u0000 \u2028';
    expect(json(`${message}\n`)).toEqual([{ ...own, message }]);
  });
  it('drops the carriage return of a line end', () => {
    expect(json('one\r\n{"a":1}\r\ntwo\rthree\r\n')).toEqual([{ ...own, message: 'one' }, { ...own, a: 1 }, { ...own, message: 'two\rthree' }]);
  });
  it('replaces what is no UTF-8', () => {
    expect(json(Buffer.from([0x61, 0xff, 0x62, 0x0a]))).toEqual([{ ...own, message: 'a\ufffdb' }]);
  });
  it('keeps the fields of a line that is an object, beside ordinary lines', () => {
    expect(json('{"level":"info","message":"grüße","n":{"deep":[1,null]}}\nplain "text"\n')).toEqual([
      { ...own, level: 'info', message: 'grüße', n: { deep: [1, null] } },
      { ...own, message: 'plain "text"' },
    ]);
  });
  it('keeps long numbers letter by letter', () => {
    expect(lines('json', '{"id":12345678901234567890}\n')).toBe(`{"time":"${time}","process":"api","instance":2,"stream":"err","id":12345678901234567890}\n`);
  });
  it('renames fields that would hide its own', () => {
    expect(json('{"time":123,"stream":"é","msg":"x"}\n')).toEqual([{ ...own, 'app.time': 123, 'app.stream': 'é', msg: 'x' }]);
  });
  it.each(['{}', '{ }', '[1]', '{"broken":', '{not json}', 'null', '"text"', '{"a":1} tail'])('takes %s for a message', (line) => {
    expect(json(`${line}\n`)).toEqual([{ ...own, message: line }]);
  });
  it('marks the pieces of a line that is too long', () => {
    expect(JSON.parse(encoder('json').piece(Buffer.from('{"a')).toString())).toEqual({ ...own, message: '{"a', partial: true });
  });
  it('writes notes of its own', () => {
    expect(JSON.parse(encoder('json').note('[tspm] "quoted"').toString())).toEqual({ ...own, message: '[tspm] "quoted"' });
  });
  it('survives a chunk of newlines only', () => {
    expect(json('\n'.repeat(65_536))).toHaveLength(65_536);
  });
});
