// `tspm cluster`: how the traffic of a port is spread over the instances behind it.
import { clustersText } from '../cluster-report.ts';
import { defineCommand } from '../command.ts';
import { nothingMatched } from '../engine.ts';
import { exitCodes } from '../exit-codes.ts';
import { groupOption, groupSelectors } from '../group-option.ts';

export const cluster = defineCommand({
  name: 'cluster',
  usage: '[name…]',
  about: 'Shows clusters, all or those that are selected: their address, mode and strategy, and what each instance gets.',
  options: groupOption,
  examples: [
    ['cluster', 'all clusters'],
    ['cluster api', 'one of them'],
    ['cluster --json', 'for programs'],
  ],
  json: `[{ name, namespace, group, mode, strategy, host, port, listening, waiting,
   instances: [{ id, instance, state, traffic, pid, ownPort, weight, open, requests, share, p50Ms, p99Ms, ejections, cut }] }]
mode: handoff | shared | http | tcp; strategy has no effect in shared mode; waiting: what waits for a ready instance
traffic: ready | starting | draining | ejected | none; requests: in http mode requests, else connections
share: from 0 to 1; open, requests, share, p50Ms and p99Ms are null where they cannot be seen, pid and ownPort may be null`,
  positionals: { min: 0, max: 1024 },
  async run({ engine, output }, { options, positionals }) {
    const selectors = [...positionals, ...groupSelectors(options.group)];
    const reports = await engine.ask('clusters', selectors.length === 0 ? {} : { selectors });
    if (reports === null && selectors.length > 0) throw nothingMatched(selectors);
    const shown = reports ?? [];
    output.result(shown, () => clustersText(output, shown));
    return exitCodes.done;
  },
});
