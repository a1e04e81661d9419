import { expect, it } from 'vitest';
import { readQuery, type QueryTable } from '../../../../electron/transport/http/query.ts';

const about = '';
const table = {
  after: { kind: 'text', about },
  select: { kind: 'texts', about },
  stream: { kind: 'words', words: ['out', 'err'], about },
  lines: { kind: 'whole', min: 0, max: 10, usual: 5, about },
  since: { kind: 'moment', about },
  follow: { kind: 'flag', about },
} as const satisfies QueryTable;

const read = (text: string) => readQuery(table, new URLSearchParams(text));

it('fills in what is usual', () => {
  expect(read('')).toEqual({ after: null, select: [], stream: ['out', 'err'], lines: 5, since: null, follow: false });
});

it('reads values of every kind', () => {
  expect(read('after=a-1&select=api%3A0&select=@web&stream=err&stream=err&lines=0&since=1700000000000.5&follow')).toEqual({
    after: 'a-1',
    select: ['api:0', '@web'],
    stream: ['err'],
    lines: 0,
    since: 1_700_000_000_000.5,
    follow: true,
  });
  expect(read('follow=false').follow).toBe(false);
});

it('says what would be right', () => {
  expect(() => read('lines=11')).toThrow('lines is a whole number from 0 to 10');
  for (const text of ['', '-1', '1.5', '1e1', ' 1', '0x1']) expect(() => read(`lines=${text}`), text).toThrow('whole number');
  expect(() => read('stream=both')).toThrow('stream is out or err');
  expect(() => read('follow=yes')).toThrow('true or false');
  expect(() => read('since=now')).toThrow('milliseconds');
  expect(() => read('lines=1&lines=2')).toThrow('once');
  expect(() => read('select=')).toThrow('empty');
  expect(() => read(`after=${'x'.repeat(70_000)}`)).toThrow('at most');
  expect(() => read('__proto__=1')).toThrow('There are: after, select, stream, lines, since, follow');
  expect(() => readQuery({}, new URLSearchParams('a=1'))).toThrow('There are none');
});
