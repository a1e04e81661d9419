// `--group <name>` beside selectors: exactly that group, even when a process has the same name.
import type { OptionTable } from './arguments.ts';

export const groupOption = {
  group: { type: 'string', multiple: true, value: 'name', about: 'the processes of this group; may be given several times' },
} as const satisfies OptionTable;

const prefix = 'group=';

export function groupSelectors(names: readonly string[]): readonly string[] {
  return names.map((name) => `${prefix}${name}`);
}

export function isGroupSelector(selector: string): boolean {
  return selector.startsWith(prefix);
}
