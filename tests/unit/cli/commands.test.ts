import { describe, expect, it } from 'vitest';
import { commonOptions } from '../../../electron/cli/arguments.ts';
import { findCommand } from '../../../electron/cli/command.ts';
import { commandEntries } from '../../../electron/cli/registry.ts';

describe('the commands', () => {
  it.each(commandEntries)('$name explains itself', async (entry) => {
    const command = await entry.load();
    expect(command.name).toBe(entry.name);
    expect(command.about).toMatch(/\.$/m);
    expect(command.examples.length).toBeGreaterThan(0);
    for (const [line, about] of command.examples) {
      expect(line === '-v' || line.split(' ')[0] === entry.name || entry.aliases.includes(line.split(' ')[0] ?? '')).toBe(true);
      expect(about).not.toBe('');
    }
    expect(command.json).not.toBe('');
    for (const name of Object.keys(command.options)) expect(commonOptions).not.toHaveProperty(name);
  });

  it('have names of their own', () => {
    const names = commandEntries.flatMap(({ name, aliases }) => [name, ...aliases]);
    expect(new Set(names).size).toBe(names.length);
  });

  it('are found by alias', () => {
    expect(findCommand(commandEntries, 'ls')?.name).toBe('list');
    expect(findCommand(commandEntries, 'ps')?.name).toBe('list');
    expect(findCommand(commandEntries, 'nothing')).toBeUndefined();
  });
});
