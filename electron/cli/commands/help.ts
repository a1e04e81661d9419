// `tspm help` and `tspm help <command>`.
import { usageError } from '../arguments.ts';
import { defineCommand, findCommand } from '../command.ts';
import { suggestion } from '../../../shared/model/did-you-mean.ts';
import { showCommandHelp, showMainHelp } from '../help.ts';

export const help = defineCommand({
  name: 'help',
  usage: '[command]',
  about: 'Shows what there is, or the options and examples of one command.',
  options: {},
  examples: [
    ['help', 'all commands'],
    ['help logs', 'one command'],
  ],
  json: '{ version, commands: [{ name, aliases, summary }] }\nwith a command: { name, aliases, usage, about, options, examples, json }',
  positionals: { min: 0, max: 1 },
  async run({ output, commands }, { positionals }) {
    const [name] = positionals;
    if (name === undefined) return showMainHelp(output, commands);
    const entry = findCommand(commands, name);
    if (entry === undefined) throw usageError('help', `unknown command "${name}"${suggestion(name, commands.map((known) => known.name))}`);
    return showCommandHelp(output, entry, await entry.load());
  },
});
