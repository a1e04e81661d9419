// `tspm start`: brings up a config, a program or known processes, and waits until they are online.
import { usageError, type OptionTable, type OptionValues } from '../arguments.ts';
import { bringUp } from '../bring-up.ts';
import { defineCommand } from '../command.ts';
import { groupOption, groupSelectors } from '../group-option.ts';
import { outcomesExitCode, outcomesJson, outcomesText } from '../outcomes.ts';
import { processTable } from '../process-table.ts';
import { interruptible } from '../selection.ts';
import { planStart, type ProgramOptions } from '../start-plan.ts';

const options = {
  only: { type: 'string', multiple: true, value: 'names', about: 'of a config, only these (a,b) and what they depend on' },
  group: { ...groupOption.group, about: 'known processes of this group; may be given several times' },
  name: { type: 'string', value: 'name', about: 'name of the process (a program only, like the next six)' },
  instances: { type: 'string', short: 'i', value: 'n|max', about: 'how many instances; max: one per CPU' },
  interpreter: { type: 'string', value: 'program', about: 'what runs the script: node, bun, tsx, python3, bash, none or a path' },
  cwd: { type: 'string', value: 'folder', about: 'the folder it runs in' },
  env: { type: 'string', short: 'e', multiple: true, value: 'NAME=value', about: 'a variable; may be given several times' },
  'env-file': { type: 'string', value: 'file', about: 'variables from a .env file' },
  namespace: { type: 'string', value: 'name', about: 'the namespace it belongs to' },
  foreground: { type: 'boolean', about: 'stay, show the logs, and stop what was started on Ctrl+C' },
  daemon: { type: 'boolean', about: 'return when everything is online (the default)' },
  detach: { type: 'boolean', short: 'd', about: 'the same as --daemon' },
  'no-wait': { type: 'boolean', about: 'do not wait until the processes are online' },
} as const satisfies OptionTable;

export const start = defineCommand({
  name: 'start',
  usage: '[config | script | command | selector]… [-- args…]',
  about: `Starts processes and waits until they are online. Without a target: the config found from the current folder upwards.
What runs unchanged is left alone; what changed is restarted, and the changed fields are named.`,
  options,
  examples: [
    ['start', 'everything in the config of this folder'],
    ['start deploy/tspm.yaml --only api,worker', 'two processes of a config, and what they depend on'],
    ['start server.js -i 4 -e PORT=3000 -- --verbose', 'a script in four instances, with an argument'],
    ['start redis-server --name cache', 'a command'],
    ['start api @backend', 'known processes that are stopped'],
    ['start --group web', 'all of a group that are stopped'],
    ['start --foreground', 'stay and show the logs; Ctrl+C stops everything'],
  ],
  json: `${outcomesJson}\nwith --foreground: { "outcomes": [...] } on one line, then one log entry per line as in tspm logs --json`,
  positionals: { min: 0, max: 256 },
  takesRest: true,
  async run(context, input) {
    const { output } = context;
    const request = {
      targets: [...input.positionals, ...groupSelectors(input.options.group)],
      args: input.rest,
      program: programOptions(input.options),
      only: input.options.only.flatMap((names) => names.split(',')).filter((name) => name !== ''),
    };
    const plan = await planStart(context, request);
    for (const note of plan.notes) output.note(`note: ${note}`);
    const wait = !input.options['no-wait'];
    if (staysInForeground(input.given)) {
      const { runInForeground } = await import('../foreground.ts');
      return await runInForeground(context, plan, wait);
    }
    const outcomes = await interruptible(context, 'starting', (signal, onProgress) => bringUp(context, plan, wait, { signal, onProgress }));
    output.result(outcomes, () => `${outcomesText(outcomes, output.colours)}\n\n${processTable(output, outcomes.map(({ process }) => process))}`);
    return outcomesExitCode(outcomes);
  },
});

/** The last of them wins, so that `npm start -- --detach` undoes the --foreground of the npm script. */
function staysInForeground(given: readonly string[]): boolean {
  return given.findLast((name) => ['foreground', 'daemon', 'detach'].includes(name)) === 'foreground';
}

function programOptions(values: OptionValues<typeof options>): ProgramOptions {
  const { name, interpreter, cwd, namespace } = values;
  return {
    ...(name === undefined ? {} : { name }),
    ...(values.instances === undefined ? {} : { instances: instanceCount(values.instances) }),
    ...(interpreter === undefined ? {} : { interpreter }),
    ...(cwd === undefined ? {} : { cwd }),
    ...(values.env.length === 0 ? {} : { env: Object.fromEntries(values.env.map(variable)) }),
    ...(values['env-file'] === undefined ? {} : { envFile: values['env-file'] }),
    ...(namespace === undefined ? {} : { namespace }),
  };
}

function instanceCount(text: string): number | 'max' {
  if (text === 'max') return 'max';
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw usageError('start', `--instances takes a number from 1 or "max", not "${text}"`);
}

function variable(text: string): readonly [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw usageError('start', `--env takes NAME=value, not "${text}"`);
  return [text.slice(0, at), text.slice(at + 1)];
}
