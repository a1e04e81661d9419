import { describe, expect, it } from 'vitest';
import { findRanges } from '../../../../renderer/components/log-view/find-ranges.ts';
import { parseQuery } from '../../../../renderer/components/log-view/log-query.ts';

function expressionOf(input: string): RegExp {
  const parsed = parseQuery(input);
  if (parsed.kind === 'text') return parsed.expression;
  if (parsed.kind === 'pattern') return new RegExp(parsed.pattern.source, parsed.pattern.flags);
  throw new Error(parsed.kind);
}

function found(input: string, text: string): readonly string[] | undefined {
  return findRanges(text, expressionOf(input))?.map(({ start, end }) => text.slice(start, end));
}

describe('parseQuery', () => {
  it('finds plain text in either case, whatever its characters mean elsewhere', () => {
    expect(parseQuery('get (a+b)*').kind).toBe('text');
    expect(found('get (a+b)*', 'GET (a+b)* get (A+B)*')).toEqual(['GET (a+b)*', 'get (A+B)*']);
    expect(found('/v1/orders', 'GET /v1/orders/1')).toEqual(['/v1/orders']);
  });

  it('finds regular expressions with their own flags', () => {
    expect(parseQuery('/e/').kind).toBe('pattern');
    expect(found('/e\\d+/', 'e1 E2 e33')).toEqual(['e1', 'e33']);
    expect(found('/e\\d+/i', 'e1 E2')).toEqual(['e1', 'E2']);
  });

  it('says why a regular expression is none', () => {
    expect(parseQuery('/(/')).toMatchObject({ kind: 'invalid', message: expect.stringContaining('Unterminated group') });
    expect(parseQuery('/a/ii')).toMatchObject({ kind: 'invalid' });
    expect(parseQuery('').kind).toBe('none');
  });
});

describe('findRanges', () => {
  it('is not confused by being asked again', () => {
    const expression = expressionOf('a');
    expect([1, 2, 3].map(() => findRanges('xa', expression))).toEqual([1, 2, 3].map(() => [{ start: 1, end: 2 }]));
    expect(findRanges('x', expression)).toBeNull();
  });

  it('marks nothing where a pattern matches nothingness', () => {
    expect(findRanges('aaa', expressionOf('/x*/'))).toEqual([]);
  });

  it('marks no more than anybody can see', () => {
    expect(findRanges('a'.repeat(1000), expressionOf('a'))?.length).toBe(200);
  });
});
