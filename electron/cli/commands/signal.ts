// `tspm signal`: passes a signal on.
import { parseSignal, signalNames } from '../../../shared/model/signals.ts';
import { usageError } from '../arguments.ts';
import { defineCommand } from '../command.ts';
import { suggestion } from '../../../shared/model/did-you-mean.ts';
import { nothingMatched } from '../engine.ts';
import { outcomesJson, reportOutcomes } from '../outcomes.ts';
import { chosenSelectors, selectionOptions, selectionUsage } from '../selection.ts';

export const signal = defineCommand({
  name: 'signal',
  usage: `<signal> ${selectionUsage}`,
  about: 'Sends a signal to processes. A process that ends by it is restarted as its config says.',
  options: selectionOptions,
  examples: [
    ['signal HUP api', 'SIGHUP to all instances of api'],
    ['signal SIGUSR2 worker:1', 'to one instance'],
  ],
  json: outcomesJson,
  positionals: { min: 1, max: 1025 },
  async run({ engine, output }, { options, positionals }) {
    const [word = '', ...names] = positionals;
    const parsed = parseSignal(word);
    if (parsed === null) throw usageError('signal', `unknown signal "${word}"${suggestion(fullName(word), signalNames)}`);
    const selectors = chosenSelectors('signal', names, options);
    const outcomes = await engine.ask('signal', { selectors, signal: parsed });
    if (outcomes === null) throw nothingMatched(selectors);
    return reportOutcomes(output, outcomes);
  },
});

function fullName(word: string): string {
  const upper = word.toUpperCase();
  return upper.startsWith('SIG') ? upper : `SIG${upper}`;
}
