// `tspm env`: the environment that a process was given.
import { usageError } from '../arguments.ts';
import { defineCommand } from '../command.ts';
import { nothingMatched } from '../engine.ts';
import { exitCodes } from '../exit-codes.ts';
import { groupOption, groupSelectors } from '../group-option.ts';
import { printable } from '../printable.ts';
import { maskEnvironment } from '../secrets.ts';

export const env = defineCommand({
  name: 'env',
  usage: '<selector…> | --group <name>',
  about: 'Shows the environment of processes. Values whose name tells of a secret, and passwords in URLs, are masked.',
  options: { show: { type: 'boolean', about: 'show secrets too' }, ...groupOption },
  examples: [
    ['env api', 'of every instance of api'],
    ['env api:0 --show', 'of one instance, secrets included'],
  ],
  json: '[{ name, instance, env }]\nenv: an object of names and values, masked unless --show is given',
  positionals: { min: 0, max: 1024 },
  async run({ engine, output }, { options, positionals }) {
    const selectors = [...positionals, ...groupSelectors(options.group)];
    if (selectors.length === 0) throw usageError('env', 'which process? Give a selector or --group <name>');
    const found = await engine.ask('env', { selectors });
    if (found === null) throw nothingMatched(selectors);
    const shown = options.show ? found : found.map((entry) => ({ ...entry, env: maskEnvironment(entry.env) }));
    output.result(shown, () => shown.map((entry) => environmentText(entry, shown.length > 1)).join('\n\n'));
    return exitCodes.done;
  },
});

function environmentText(entry: { readonly name: string; readonly instance: number; readonly env: Readonly<Record<string, string>> }, titled: boolean): string {
  const lines = Object.entries(entry.env)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => printable(`${name}=${value}`));
  return (titled ? [`# ${entry.name}:${entry.instance}`, ...lines] : lines).join('\n');
}
