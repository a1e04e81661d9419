import { expect, it } from 'vitest';
import { keepUnknownFields, unknownFields } from '../../../../shared/model/unknown-fields.ts';

const raw = { name: 'api', later: 1, logs: { format: 'json', later: [2] }, list: [{ id: 1, later: 3 }, { id: 2 }], free: { any: { thing: 4 } } };
const known = { name: 'api', logs: { format: 'json' }, list: [{ id: 1 }, { id: 2 }], free: { any: { thing: 4 } }, filled: 'by a default' };

it('finds fields that the parsed form lacks, with where they are', () => {
  expect(unknownFields(raw, known)).toEqual(['later', 'logs.later', 'list.0.later']);
  expect(unknownFields(raw, known, 1)).toEqual(['later']);
  expect(unknownFields({ gone: undefined }, {})).toEqual([]);
});

it('keeps them, and changes nothing that is known', () => {
  expect(keepUnknownFields(raw, known)).toEqual({ ...raw, filled: 'by a default' });
  expect(keepUnknownFields({ state: 'wrong type' }, { state: 1 })).toEqual({ state: 1 });
});

it('cannot be tricked by names that objects have of themselves', () => {
  const planted: unknown = JSON.parse('{"__proto__":{"polluted":true},"constructor":1}');
  const merged = keepUnknownFields<object>(planted, {});
  expect(Object.getPrototypeOf(merged)).toBe(Object.prototype);
  expect('polluted' in merged).toBe(false);
});
