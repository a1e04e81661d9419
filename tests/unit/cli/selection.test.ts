import { describe, expect, it } from 'vitest';
import { findCommand } from '../../../electron/cli/command.ts';
import { commandEntries } from '../../../electron/cli/registry.ts';
import { chosenSelectors } from '../../../electron/cli/selection.ts';
import type { CommandName } from '../../../shared/contract/commands.ts';
import { fakeContext } from '../../helpers/fake-context.ts';

describe('chosenSelectors', () => {
  it('are what was typed, then the groups; or everything', () => {
    expect(chosenSelectors('stop', ['api', '@shop'], { all: false, group: ['web', 'jobs'] })).toEqual(['api', '@shop', 'group=web', 'group=jobs']);
    expect(chosenSelectors('stop', [], { all: false, group: ['api'] })).toEqual(['group=api']);
    expect(chosenSelectors('stop', [], { all: true, group: [] })).toEqual(['all']);
  });

  it('are needed, and not everything besides', () => {
    expect(() => chosenSelectors('stop', [], { all: false, group: [] })).toThrow(/which processes\? .*--group <name> or --all/);
    expect(() => chosenSelectors('stop', [], { all: true, group: ['web'] })).toThrow('give selectors or --all, not both');
  });
});

describe('--group', () => {
  it.each<[CommandName, readonly string[]]>([
    ['stop', ['stop']],
    ['restart', ['restart']],
    ['reload', ['reload']],
    ['delete', ['delete']],
    ['flush', ['flush']],
    ['reset', ['reset']],
    ['signal', ['signal', 'HUP']],
    ['list', ['list']],
    ['describe', ['describe']],
    ['env', ['env']],
    ['resume', ['start']],
  ])('becomes a selector of %s', async (name, [command = '', ...argv]) => {
    const { context, calls } = fakeContext({ [name]: [] });
    const loaded = await findCommand(commandEntries, command)?.load();
    expect(await loaded?.execute(context, [...argv, '@shop', '--group', 'web', '--group=jobs'])).toBe(0);
    expect(calls).toEqual([{ name, input: expect.objectContaining({ selectors: ['@shop', 'group=web', 'group=jobs'] }) }]);
  });
});
