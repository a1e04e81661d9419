import { expect, it } from 'vitest';
import { formatBytes, formatCpu, formatUptime, plural } from '../../../../renderer/format/numbers.ts';

it.each([
  [-5, '0s'],
  [900, '0s'],
  [59_999, '59s'],
  [60_000, '1m 00s'],
  [3_599_000, '59m 59s'],
  [3_660_000, '1h 01m'],
  [90_000_000, '1d 1h'],
])('shows an uptime of %i ms as %s', (ms, text) => {
  expect(formatUptime(ms)).toBe(text);
});

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '0.98 KiB'],
  [1024 * 1024 * 42.9, '42.9 MiB'],
  [1024 * 1023.9, '1.00 MiB'],
  [1024 ** 3 * 1.2, '1.20 GiB'],
  [1024 ** 5, '1024 TiB'],
  [Number.NaN, '–'],
])('shows %d bytes as %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

it.each([
  [0, '0.0 %'],
  [7.26, '7.3 %'],
  [99.96, '100 %'],
  [412.4, '412 %'],
])('shows %d percent as %s', (percent, text) => {
  expect(formatCpu(percent)).toBe(text);
});

it('counts in words', () => {
  expect([plural(1, 'process'), plural(2, 'process'), plural(3, 'instance')]).toEqual(['1 process', '2 processes', '3 instances']);
});
