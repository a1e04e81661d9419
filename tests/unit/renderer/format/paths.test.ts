import { expect, it } from 'vitest';
import { nameInPath, processPath } from '../../../../renderer/format/paths.ts';

it.each(['api', 'a b', 'a/b', '100%'])('finds %j in its own address', (name) => {
  expect(nameInPath(processPath(name).slice('/process/'.length))).toBe(name);
});

it('takes an address that is not well encoded as it is', () => {
  expect(nameInPath('%E0%A4%A')).toBe('%E0%A4%A');
});
