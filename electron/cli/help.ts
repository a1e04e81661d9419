// The help texts, laid out from what the commands say about themselves.
import { productVersion } from '../../shared/contract/version.ts';
import { commonOptions, type OptionTable } from './arguments.ts';
import type { Command, CommandEntry } from './command.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import type { Output } from './output.ts';

export function showCommandHelp(output: Output, entry: CommandEntry, command: Command): ExitCode {
  output.result(commandHelpValue(entry, command), () => commandHelp(output, entry, command));
  return exitCodes.done;
}

export function showMainHelp(output: Output, entries: readonly CommandEntry[]): ExitCode {
  const commands = entries.map(({ name, aliases, summary }) => ({ name, aliases, summary }));
  output.result({ version: productVersion, commands }, () => mainHelp(output, entries));
  return exitCodes.done;
}

function mainHelp({ colours }: Output, entries: readonly CommandEntry[]): string {
  const rows = entries.map(({ name, aliases, summary }) => [[name, ...aliases].join(', '), summary] as const);
  return [
    `tspm ${productVersion}: runs your services, and keeps them running when it is gone itself`,
    '',
    colours.bold('Usage'),
    '  tspm <command> [arguments] [options]',
    '',
    colours.bold('Commands'),
    ...columns(rows),
    '',
    colours.bold('Selectors'),
    '  api          all instances of a process      @backend   a namespace',
    '  api:0        one instance                    web-*      a glob',
    '  3            the instance with this id       web        a group',
    '  group=web    a group, whatever else has its name; also --group web',
    '',
    colours.bold('Every command'),
    ...columns(optionRows(commonOptions)),
    '',
    colours.bold('Environment'),
    ...columns([
      ['TSPM_HOME', 'the folder of this engine (~/.tspm); another folder is another engine'],
      ['NO_COLOR', 'no colours'],
    ]),
    '',
    colours.bold('Exit codes'),
    '  0 done · 1 it failed · 2 usage or config · 3 nothing matched · 4 engine cannot be reached',
    '',
    'tspm help <command> shows examples.',
  ].join('\n');
}

function commandHelp({ colours }: Output, entry: CommandEntry, command: Command): string {
  const aliases = entry.aliases.length === 0 ? [] : [`Also: ${entry.aliases.map((alias) => `tspm ${alias}`).join(', ')}`, ''];
  return [
    command.about,
    '',
    colours.bold('Usage'),
    `  tspm ${command.name} ${command.usage}`.trimEnd(),
    '',
    ...aliases,
    colours.bold('Options'),
    ...columns(optionRows({ ...command.options, ...commonOptions })),
    '',
    colours.bold('Examples'),
    ...columns(command.examples.map(([line, about]) => [`tspm ${line}`, about] as const)),
    '',
    colours.bold('JSON'),
    ...command.json.split('\n').map((line) => `  ${line}`),
  ].join('\n');
}

function commandHelpValue(entry: CommandEntry, command: Command): unknown {
  const options = Object.entries({ ...command.options, ...commonOptions } as OptionTable).map(([name, option]) => ({ name, ...option }));
  const examples = command.examples.map(([line, about]) => ({ line: `tspm ${line}`, about }));
  return { name: command.name, aliases: entry.aliases, usage: `tspm ${command.name} ${command.usage}`.trimEnd(), about: command.about, options, examples, json: command.json };
}

function optionRows(options: OptionTable): readonly (readonly [string, string])[] {
  return Object.entries(options).map(([name, option]) => {
    const short = option.short === undefined ? '' : `-${option.short}, `;
    const value = option.type === 'string' ? ` <${option.value ?? 'value'}>` : '';
    return [`${short}--${name}${value}`, option.about];
  });
}

/** Two columns; a text too long for the first one puts its explanation on the next line. */
function columns(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.min(30, Math.max(...rows.map(([left]) => left.length)));
  return rows.flatMap(([left, right]) => {
    if (left.length > width) return [`  ${left}`, `  ${' '.repeat(width)}  ${right}`];
    return [`  ${left.padEnd(width)}  ${right}`.trimEnd()];
  });
}
