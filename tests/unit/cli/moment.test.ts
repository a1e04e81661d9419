import { describe, expect, it } from 'vitest';
import { parseMoment } from '../../../electron/cli/moment.ts';

const now = Date.parse('2026-06-15T12:00:00.000Z');

describe('parseMoment', () => {
  it.each([
    ['500ms', 500],
    ['30s', 30_000],
    ['10m', 600_000],
    ['1.5h', 5_400_000],
    ['2d', 172_800_000],
    ['1w', 604_800_000],
  ])('%s ago', (text, ms) => expect(parseMoment(text, now)).toBe(now - ms));

  it('takes dates with and without a zone', () => {
    expect(parseMoment('2026-06-15T10:00:00Z', now)).toBe(Date.parse('2026-06-15T10:00:00Z'));
    expect(parseMoment('2026-06-15T10:00', now)).toBe(new Date(2026, 5, 15, 10).getTime());
    expect(parseMoment('2026-06-15 10:00', now)).toBe(new Date(2026, 5, 15, 10).getTime());
  });

  it.each(['', 'yesterday', '10', '10 minutes', '-5m', '2026', '2026-13-45', 'm10'])('does not guess at "%s"', (text) => expect(parseMoment(text, now)).toBeNull());
});
