import { describe, expect, it } from 'vitest';
import { factsOf } from '../../../../renderer/features/process/facts.ts';
import { formatLatencies, formatLatency } from '../../../../renderer/features/process/figures.ts';
import { description } from './descriptions.ts';

function fact(name: string, over: Parameters<typeof description>[0] = {}): string | undefined {
  return factsOf(description(over)).find((one) => one.name === name)?.value;
}

describe('factsOf', () => {
  it('writes a command so that a shell would take it', () => {
    expect(fact('Command', { command: '/usr/bin/node', args: ['app.js', "it's", '--name=a b'] })).toBe(`/usr/bin/node app.js 'it'\\''s' '--name=a b'`);
  });

  it('names one log where the streams are merged', () => {
    const names = factsOf(description({ logFiles: { out: '/log', err: '/log' } })).map(({ name }) => name);
    expect(names).toContain('Log');
    expect(names).not.toContain('Log, errors');
  });

  it('leaves out what there is nothing to say of', () => {
    expect([fact('Config'), fact('Depends on'), fact('Log lost'), fact('Drains'), fact('Environment')]).toEqual([undefined, undefined, undefined, undefined, undefined]);
    expect(fact('Log lost', { lostLogLines: 3, lostLogBytes: 2048 })).toBe('3 lines, 2.00 KiB: the disk did not take them');
    expect(fact('Environment', { envNames: ['HOME', 'PATH'] })).toBe('HOME, PATH');
  });
});

describe('formatLatency', () => {
  it.each([[null, '–'], [0.42, '0.4 ms'], [9.96, '10 ms'], [12.4, '12 ms'], [999.4, '999 ms'], [1350, '1.35 s']])('%s', (ms, text) => {
    expect(formatLatency(ms)).toBe(text);
  });

  it('names the unit of two once', () => {
    expect([formatLatencies(0.4, 12), formatLatencies(12, 1350), formatLatencies(null, null)]).toEqual(['0.4 / 12 ms', '12 ms / 1.35 s', '–']);
  });
});
