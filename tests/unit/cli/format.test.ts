import { describe, expect, it } from 'vitest';
import { formatBytes, formatDuration, formatMilliseconds, formatPercent, formatTime, plural } from '../../../electron/cli/format.ts';

describe('formatDuration', () => {
  it.each([
    [0, '0ms'],
    [999.9, '999ms'],
    [1000, '1s'],
    [59_999, '59s'],
    [60_000, '1m'],
    [200_000, '3m 20s'],
    [3_600_000, '1h'],
    [18_120_000, '5h 2m'],
    [86_399_999, '23h 59m'],
    [3_553_200_000, '41d 3h'],
    [-1, '-'],
    [Number.NaN, '-'],
  ])('%d ms is %s', (ms, text) => expect(formatDuration(ms)).toBe(text));
});

describe('formatMilliseconds', () => {
  it.each([
    [0, '0.00ms'],
    [0.42, '0.42ms'],
    [0.996, '1.0ms'],
    [3.21, '3.2ms'],
    [9.96, '10ms'],
    [45.4, '45ms'],
    [1250, '1250ms'],
    [-1, '-'],
    [Number.NaN, '-'],
  ])('%d ms is %s', (ms, text) => expect(formatMilliseconds(ms)).toBe(text));
});

describe('formatBytes', () => {
  it.each([
    [0, '0B'],
    [999, '999B'],
    [1000, '1.0K'],
    [1536, '1.5K'],
    [45_000_000, '42.9M'],
    [104_857_600, '100M'],
    [1023 * 1024 * 1024, '1.0G'],
    [5 * 1024 ** 4, '5.0T'],
    [-5, '-'],
  ])('%d is %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));
});

describe('formatPercent', () => {
  it.each([
    [0, '0%'],
    [0.04, '0%'],
    [0.44, '0.4%'],
    [9.96, '10%'],
    [250.4, '250%'],
  ])('%d is %s', (percent, text) => expect(formatPercent(percent)).toBe(text));
});

describe('formatTime', () => {
  it('is local time to the second', () => {
    expect(formatTime(new Date(2026, 0, 2, 3, 4, 5).getTime())).toBe('2026-01-02 03:04:05');
  });
});

describe('plural', () => {
  it.each([
    [1, 'process', '1 process'],
    [2, 'process', '2 processes'],
    [0, 'instance', '0 instances'],
  ])('%d %s', (count, word, text) => expect(plural(count, word)).toBe(text));
});
