import { describe, expect, it } from 'vitest';
import { commonProtocol, isOlderVersion, ourIntroduction, rangeWords, readIntroduction } from '../../../../shared/model/shim-hello.ts';

describe('readIntroduction', () => {
  it('takes what a side says', () => {
    expect(readIntroduction({ type: 'hello', version: 2, ...ourIntroduction })).toEqual(ourIntroduction);
  });

  it('takes silence for 0.1.0', () => {
    const old = { protocol: { oldest: 2, newest: 2 }, features: [], productVersion: '0.1.0' };
    expect(readIntroduction({ type: 'hello', version: 2, supervisorPid: 1 })).toEqual(old);
    expect(readIntroduction({ type: 'refused', message: 'no' })).toEqual(old);
  });

  it('takes a version without a range for the only one', () => {
    expect(readIntroduction({ version: 9 }).protocol).toEqual({ oldest: 9, newest: 9 });
  });

  it.each([
    ['no object', 'x'],
    ['half a range', { oldest: 2 }],
    ['an upside-down range', { oldest: 3, newest: 2 }],
    ['words', { oldest: '2', newest: '3' }],
    ['a fraction', { oldest: 2, newest: 2.5 }],
  ])('does not believe a range that is %s', (_, protocol) => {
    expect(readIntroduction({ version: 2, protocol }).protocol).toEqual({ oldest: 2, newest: 2 });
  });

  it('bounds what it keeps', () => {
    const features = [1, '', 'x'.repeat(101), ...Array.from({ length: 1000 }, (_, index) => `f${index}`)];
    const read = readIntroduction({ version: 2, features, productVersion: 'x'.repeat(101) });
    expect(read.features).toHaveLength(100);
    expect(read.features[0]).toBe('f0');
    expect(read.productVersion).toBe('0.1.0');
  });
});

it.each([
  [[2, 2], [2, 2], 2],
  [[2, 4], [3, 9], 4],
  [[3, 9], [2, 4], 4],
  [[2, 2], [9, 9], null],
  [[5, 9], [2, 4], null],
])('the protocol that %j and %j have in common is %s', ([a = 0, b = 0], [c = 0, d = 0], expected) => {
  expect(commonProtocol({ oldest: a, newest: b }, { oldest: c, newest: d })).toBe(expected);
});

it('puts a range into words', () => {
  expect([rangeWords({ oldest: 2, newest: 2 }), rangeWords({ oldest: 2, newest: 4 })]).toEqual(['protocol 2', 'protocols 2 to 4']);
});

it.each([
  ['0.1.0', '0.2.0', true],
  ['0.2.0', '0.2.0', false],
  ['0.10.0', '0.9.9', false],
  ['1.0.0-beta.1', '1.0.0', false],
  ['nonsense', '0.1.0', true],
  ['0.1.0', 'nonsense', false],
])('%s older than %s: %s', (version, than, expected) => {
  expect(isOlderVersion(version, than)).toBe(expected);
});
