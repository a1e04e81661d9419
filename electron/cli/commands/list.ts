// `tspm list`: the table of processes.
import { defineCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { groupOption, groupSelectors } from '../group-option.ts';
import { listProcesses } from '../process-list.ts';
import { processTable, snapshotJson } from '../process-table.ts';

export const list = defineCommand({
  name: 'list',
  usage: '[selector…]',
  about: 'Shows processes: all, or those that are selected.',
  options: groupOption,
  examples: [
    ['list', 'all processes'],
    ['list @backend', 'those of a namespace'],
    ['list --json', 'for programs'],
  ],
  json: snapshotJson,
  positionals: { min: 0, max: 1024 },
  async run(context, { options, positionals }) {
    const { output } = context;
    const snapshots = await listProcesses(context, [...positionals, ...groupSelectors(options.group)]);
    output.result(snapshots, () => processTable(output, snapshots));
    return exitCodes.done;
  },
});
