// `tspm list`: the table of processes.
import { defineCommand } from '../command.ts';
import { nothingMatched } from '../engine.ts';
import { exitCodes } from '../exit-codes.ts';
import { processTable, snapshotJson } from '../process-table.ts';

export const list = defineCommand({
  name: 'list',
  usage: '[selector…]',
  about: 'Shows processes: all, or those that are selected.',
  options: {},
  examples: [
    ['list', 'all processes'],
    ['list @backend', 'those of a namespace'],
    ['list --json', 'for programs'],
  ],
  json: snapshotJson,
  positionals: { min: 0, max: 1024 },
  async run({ engine, output }, { positionals }) {
    const selectors = [...positionals];
    const snapshots = await engine.ask('list', selectors.length === 0 ? {} : { selectors });
    if (snapshots === null && selectors.length > 0) throw nothingMatched(selectors);
    output.result(snapshots ?? [], () => processTable(output, snapshots ?? []));
    return exitCodes.done;
  },
});
