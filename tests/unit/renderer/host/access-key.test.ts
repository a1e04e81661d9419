import { describe, expect, it } from 'vitest';
import { takeTokenFromAddress, tokenIn } from '../../../../renderer/host/access-key.ts';

const token = 'UeDSe8OkCVQ8xgG-y1TRS9w2ozcpaCEu';

describe('tokenIn', () => {
  it.each([
    ['a link', `http://127.0.0.1:4000/#token=${token}`],
    ['a fragment', `#token=${token}`],
    ['the bare token', ` ${token}\n`],
    ['an encoded token', `#token=${encodeURIComponent(token)}`],
  ])('finds it in %s', (_what, text) => {
    expect(tokenIn(text)).toBe(token);
  });

  it.each(['', 'hello', 'tspm dashboard', 'http://127.0.0.1:4000/#/', '#token='])('finds none in %j', (text) => {
    expect(tokenIn(text)).toBeNull();
  });

  it('takes a fragment that is not well encoded as it is', () => {
    expect(tokenIn('#token=%E0%A4%A')).toBe('%E0%A4%A');
  });
});

describe('takeTokenFromAddress', () => {
  it('takes the token away from the address', () => {
    const replaced: string[] = [];
    const history = { replaceState: (_state: null, _unused: '', address: string) => void replaced.push(address) };
    expect(takeTokenFromAddress({ hash: `#token=${token}`, pathname: '/', search: '?x=1' }, history)).toBe(token);
    expect(replaced).toEqual(['/?x=1#/']);
  });

  it('leaves any other address alone', () => {
    const history = { replaceState: () => expect.unreachable() };
    expect(takeTokenFromAddress({ hash: '#/process/api', pathname: '/', search: '' }, history)).toBeNull();
  });
});
