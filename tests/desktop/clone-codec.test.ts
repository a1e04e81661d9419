// What crosses between the worlds of the stand-in keeps what a structured clone keeps, and the rest is refused.
import { describe, expect, test } from 'vitest';
import { decodeClone, encodeClone } from './stand-in/values/clone-codec.ts';

const cross = (value: unknown) => decodeClone(encodeClone(value));

describe('kept', () => {
  test.each([
    ['primitives', ['text', 1, -0, Number.NaN, Number.POSITIVE_INFINITY, true, null, undefined, 12345678901234567890n]],
    ['nested objects', { a: { b: [{ c: undefined }] }, ['__proto__']: 1 }],
    ['what looks like the encoding', ['undefined', ['same', 0], ['number', 'NaN']]],
    ['an array with a hole', Object.assign([], { length: 3, 1: 'middle' })],
    ['dates, also impossible ones', [new Date(0), new Date(Number.NaN)]],
    ['maps and sets', new Map<unknown, unknown>([[{ key: 1 }, new Set([1, new Map()])]])],
    ['regular expressions', /a(b)?/giu],
    ['bytes', [new Uint8Array([0, 255]), new Float64Array([1.5]), new BigInt64Array([-1n]), new Uint8Array([1, 2]).buffer]],
  ])('%s', (_name, value) => expect(cross(value)).toEqual(value));

  test('an own property named __proto__ stays a property', () => {
    const value = JSON.parse('{"__proto__": {"x": 1}}') as object;
    expect(Object.getOwnPropertyNames(cross(value))).toEqual(['__proto__']);
  });

  test('cycles and shared parts', () => {
    const shared = { name: 'shared' };
    const value: Record<string, unknown> = { first: shared, second: shared };
    value['self'] = value;
    const copy = cross(value) as typeof value;
    expect(copy['self']).toBe(copy);
    expect(copy['first']).toBe(copy['second']);
  });

  test('shared parts after bytes, dates and errors', () => {
    const shared = { name: 'shared' };
    const copy = cross([new Uint8Array(1), new Date(1), /x/, new Error('e'), new Uint8Array(1).buffer, shared, shared]) as unknown[];
    expect(copy[5]).toEqual(shared);
    expect(copy[6]).toBe(copy[5]);
  });

  test('an error with name, message and stack, without its own properties', () => {
    const error = Object.assign(new TypeError('boom'), { code: 'LOST' });
    const copy = cross(error) as Error & { code?: string };
    expect([copy instanceof Error, copy.name, copy.message, copy.stack, copy.code]).toEqual([true, 'TypeError', 'boom', error.stack, undefined]);
  });

  test('a part of a buffer crosses without the rest of it', () => {
    expect(cross(Buffer.from('secret part').subarray(7))).toEqual(new Uint8Array(Buffer.from('part')));
  });
});

describe('refused', () => {
  class Point {
    readonly x = 1;
  }
  test.each([
    ['a function deep in data', { list: [{ run: () => 1 }] }],
    ['a symbol', Symbol('mark')],
    ['a symbol deep in data', new Map([['mark', Symbol('mark')]])],
    ['an instance of a class', new Point()],
    ['an instance deep in data', [new Set([new Point()])]],
    ['a class', Point],
    ['a promise', Promise.resolve()],
    ['a weak map', new WeakMap()],
  ])('%s', (_name, value) => expect(() => encodeClone(value)).toThrow('An object could not be cloned.'));

  test('deeper than Electron goes', () => {
    let value: unknown = 'core';
    for (let depth = 0; depth < 1001; depth++) value = [value];
    expect(() => encodeClone(value)).toThrow('not supported');
  });
});
