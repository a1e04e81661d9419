// `tspm upgrade`: the data plane of this version in place of an older one.
import type { CommandOutput } from '../../../shared/contract/commands.ts';
import { defineCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { outcomesExitCode, outcomesJson, outcomesText } from '../outcomes.ts';
import type { Output } from '../output.ts';
import { interruptible } from '../selection.ts';

type Report = CommandOutput<'upgrade'>;

export const upgrade = defineCommand({
  name: 'upgrade',
  usage: '',
  about: `Replaces the data plane (the program that holds your services) when it is older than this tspm. A new one is started beside
it, and the services move over, one process after the other: clusters get new instances before the old ones leave, everything else
is restarted. When one does not become ready, it stays where it is, the exit code is 1, and tspm upgrade goes on from there.`,
  options: { force: { type: 'boolean', about: 'replace it although it is of the same version' } },
  examples: [
    ['upgrade', 'after an update of TSPM'],
    ['upgrade --force', 'a fresh data plane of the same version'],
  ],
  json: `{ from, to, replaced, outcomes }
from, to: versions of the data plane; replaced: whether the new one has taken its place
outcomes: ${outcomesJson}`,
  positionals: { min: 0, max: 0 },
  async run(context, { options }) {
    const report = await interruptible(context, 'upgrading', (signal, onProgress) => context.engine.ask('upgrade', options.force ? { force: true } : {}, { signal, onProgress }));
    const { output } = context;
    if (report === null) {
      output.result({ from: null, to: null, replaced: false, outcomes: [] }, () => 'Nothing runs: the next start uses this version.');
      return exitCodes.done;
    }
    output.result(report, () => upgradeText(report, output));
    return outcomesExitCode(report.outcomes);
  },
});

function upgradeText(report: Report, { colours }: Output): string {
  const { from, to, replaced, outcomes } = report;
  const someStay = outcomes.some((one) => one.action === 'failed');
  const summary = replaced
    ? `${colours.green('✓')} the data plane is ${to} now${from === to ? '' : `, it was ${from}`}`
    : !someStay && from === to
      ? `${colours.dim('=')} the data plane is ${from} already`
      : `${colours.red('✗')} the old data plane (${from}) stays beside the new one: tspm upgrade goes on when the processes above can move`;
  return [...(outcomes.length === 0 ? [] : [outcomesText(outcomes, colours)]), summary].join('\n');
}
