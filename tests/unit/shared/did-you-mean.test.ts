import { describe, expect, it } from 'vitest';
import { nearest, suggestion } from '../../../shared/model/did-you-mean.ts';
import { commandEntries } from '../../../electron/cli/registry.ts';

const names = commandEntries.flatMap(({ name, aliases }) => [name, ...aliases]);

describe('nearest', () => {
  it.each([
    ['lsit', 'list'],
    ['strat', 'start'],
    ['STOP', 'stop'],
    ['relod', 'reload'],
    ['descirbe', 'describe'],
    ['log', 'logs'],
  ])('%s is probably %s', (word, meant) => expect(nearest(word, names)).toBe(meant));

  it.each(['frobnicate', 'x'.repeat(1000), ''])('does not guess wildly: %s', (word) => expect(['ls', 'ps', null]).toContain(nearest(word, names)));

  it('suggests nothing when nothing is close', () => {
    expect(suggestion('frobnicate', names)).toBe('');
    expect(suggestion('folow', ['follow'], '--')).toBe('; did you mean "--follow"?');
  });
});
