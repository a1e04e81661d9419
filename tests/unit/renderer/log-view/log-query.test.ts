import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../../../renderer/components/log-view/log-query.ts';

function found(input: string, text: string): readonly string[] {
  const parsed = parseQuery(input);
  if (parsed.kind !== 'query') throw new Error(parsed.kind);
  const ranges = parsed.query.ranges(text).map(({ start, end }) => text.slice(start, end));
  expect(parsed.query.matches(text)).toBe(ranges.length > 0);
  return ranges;
}

describe('parseQuery', () => {
  it('finds plain text in either case, whatever its characters mean elsewhere', () => {
    expect(found('get (a+b)*', 'GET (a+b)* get (A+B)*')).toEqual(['GET (a+b)*', 'get (A+B)*']);
    expect(found('/v1/orders', 'GET /v1/orders/1')).toEqual(['/v1/orders']);
  });

  it('finds regular expressions with their own flags', () => {
    expect(found('/e\\d+/', 'e1 E2 e33')).toEqual(['e1', 'e33']);
    expect(found('/e\\d+/i', 'e1 E2')).toEqual(['e1', 'E2']);
  });

  it('is not confused by being asked again', () => {
    const parsed = parseQuery('a');
    if (parsed.kind !== 'query') throw new Error(parsed.kind);
    expect([1, 2, 3].map(() => parsed.query.matches('xa'))).toEqual([true, true, true]);
    expect(parsed.query.ranges('ax')).toEqual([{ start: 0, end: 1 }]);
  });

  it('says why a regular expression is none', () => {
    expect(parseQuery('/(/')).toMatchObject({ kind: 'invalid', message: expect.stringContaining('Unterminated group') });
    expect(parseQuery('/a/ii')).toMatchObject({ kind: 'invalid' });
    expect(parseQuery('').kind).toBe('none');
  });

  it('marks nothing where a pattern matches nothingness', () => {
    const parsed = parseQuery('/x*/');
    expect(parsed.kind === 'query' && parsed.query.ranges('aaa')).toEqual([]);
  });
});
