// `tspm scale`: how many instances a process has.
import type { CommandInput } from '../../../shared/contract/commands.ts';
import { maxInstances, namePattern } from '../../../shared/model/limits.ts';
import { usageError } from '../arguments.ts';
import { defineCommand } from '../command.ts';
import { nothingMatched } from '../engine.ts';
import { outcomesJson, reportOutcomes } from '../outcomes.ts';
import { interruptible, waitOption } from '../selection.ts';

type InstanceChange = CommandInput<'scale'>['instances'];

export const scale = defineCommand({
  name: 'scale',
  usage: '<name> <count | +n | -n | max>',
  about: `Changes how many instances a process has. New ones are started as the others are; those with the highest numbers go first.
The number stays over restarts until the config names another one.`,
  options: waitOption,
  examples: [
    ['scale api 4', 'four instances'],
    ['scale api +2', 'two more'],
    ['scale api -1', 'one fewer'],
    ['scale api max', 'one per processor core'],
  ],
  json: `${outcomesJson}\nstarted: an added instance; deleted: one that was taken away; unchanged: the others`,
  positionals: { min: 2, max: 2 },
  negativeNumbers: true,
  async run(context, { options, positionals }) {
    const [name = '', count = ''] = positionals;
    const input: CommandInput<'scale'> = {
      name: processName(name),
      instances: instanceChange(count),
      wait: !options['no-wait'],
    };
    const outcomes = await interruptible(context, 'scaling', (signal, onProgress) => context.engine.ask('scale', input, { signal, onProgress }));
    if (outcomes === null) throw nothingMatched([name]);
    return reportOutcomes(context.output, outcomes);
  },
});

function processName(text: string): string {
  if (namePattern.test(text)) return text;
  throw usageError('scale', `scale takes the name of one process, then how many: tspm scale api 4. "${text}" is not a name`);
}

/** `4`, `+2`, `-1` or `max`. Throws a usage error for anything else, and for what would change nothing or leave nothing. */
export function instanceChange(text: string): InstanceChange {
  if (text === 'max') return 'max';
  const [, sign = '', digits = ''] = /^([+-]?)(\d{1,15})$/.exec(text) ?? [];
  if (digits === '') throw usageError('scale', `how many instances? 4 (that many), +2 (more), -1 (fewer) or max (one per processor core), not "${text}"`);
  const number = Number(digits);
  if (number > maxInstances) throw usageError('scale', `a process can have at most ${maxInstances} instances, not "${text}"`);
  if (sign !== '') {
    if (number === 0) throw usageError('scale', `"${text}" changes nothing: give ${sign}1 or more, a number from 1, or max`);
    return { by: sign === '-' ? -number : number };
  }
  if (number === 0) throw usageError('scale', 'a process has at least 1 instance: to have none, tspm stop <name> or tspm delete <name>');
  return { to: number };
}
