// `tspm describe`: everything about a process, but for the values of its environment.
import type { ProcessDescription } from '../../../shared/contract/process.ts';
import { describeExit } from '../../../shared/model/process-state.ts';
import { usageError } from '../arguments.ts';
import { defineCommand } from '../command.ts';
import { nothingMatched } from '../engine.ts';
import { exitCodes } from '../exit-codes.ts';
import { formatBytes, formatDuration, formatPercent, formatTime } from '../format.ts';
import { groupOption, groupSelectors } from '../group-option.ts';
import type { Colours } from '../output.ts';
import { printable } from '../printable.ts';

export const describe = defineCommand({
  name: 'describe',
  usage: '<selector…> | --group <name>',
  about: 'Shows everything about processes. Of the environment only the names are shown; see tspm env.',
  options: { name: { type: 'string', value: 'selector', multiple: true, about: 'the same as an argument' }, ...groupOption },
  examples: [
    ['describe api', 'every instance of api'],
    ['describe api:1', 'one instance'],
    ['describe --name api --json', 'for programs'],
  ],
  json: `[{ the fields of tspm list --json, and: run, ownPort, lastExit: { code, signal } | null,
   balancer: { mode, strategy, host, weight, drainTimeoutMs } | null, command, args, cwd, script,
   interpreter, configFile, pidFile, logFiles: { out, err }, logFormat, dependsOn, autorestart, maxRestarts, killSignal,
   killTimeoutMs, lostLogBytes, lostLogLines, envNames }]
run: how many times it was spawned`,
  positionals: { min: 0, max: 1024 },
  async run({ engine, output }, { options, positionals }) {
    const selectors = [...positionals, ...options.name, ...groupSelectors(options.group)];
    if (selectors.length === 0) throw usageError('describe', 'which process? Give a selector or --group <name>');
    const found = await engine.ask('describe', { selectors });
    if (found === null) throw nothingMatched(selectors);
    output.result(found, () => found.map((process) => descriptionText(process, output.colours)).join('\n\n'));
    return exitCodes.done;
  },
});

export function descriptionText(process: ProcessDescription, colours: Colours): string {
  const rows = descriptionRows(process).filter(([, value]) => value !== '');
  const width = Math.max(...rows.map(([name]) => name.length));
  const title = colours.bold(`${process.name}:${process.instance}`);
  return [title, ...rows.map(([name, value]) => `  ${colours.dim(name.padEnd(width))}  ${printable(value)}`)].join('\n');
}

function descriptionRows(process: ProcessDescription): readonly (readonly [string, string])[] {
  const { cpuPercent, memoryBytes, port, startedAt, lastExit, logFiles } = process;
  const merged = logFiles.out === logFiles.err;
  const lost = process.lostLogLines > 0 || process.lostLogBytes > 0;
  return [
    ['id', String(process.id)],
    ['namespace', process.namespace],
    ['group', process.group ?? ''],
    ['state', process.desired === 'up' || process.state === 'stopped' ? process.state : `${process.state} (stop is wanted)`],
    ['reason', process.reason],
    ['pid', process.pid === null ? '' : String(process.pid)],
    ['port', port === null ? '' : `${port}${process.ownPort === null ? '' : ` (its own: ${process.ownPort})`}`],
    ['balancer', balancerText(process.balancer)],
    ['uptime', process.pid === null ? '' : formatDuration(process.uptimeMs)],
    ['started', startedAt === null ? '' : formatTime(startedAt)],
    ['restarts', `${process.restarts} (spawned ${process.run === 1 ? 'once' : `${process.run} times`})`],
    ['last exit', lastExit === null ? '' : describeExit(lastExit)],
    ['cpu', cpuPercent === null ? '' : formatPercent(cpuPercent)],
    ['memory', memoryBytes === null ? '' : formatBytes(memoryBytes)],
    ['script', process.script ?? ''],
    ['interpreter', process.interpreter ?? ''],
    ['command', [process.command, ...process.args].map(shellWord).join(' ')],
    ['folder', process.cwd],
    ['config', process.configFile ?? ''],
    ['depends on', process.dependsOn.join(', ')],
    ['restart', process.autorestart ? `always, gives up after ${process.maxRestarts} in a row` : 'never'],
    ['stop', `${process.killSignal}, SIGKILL after ${formatDuration(process.killTimeoutMs)}`],
    ['pid file', process.pidFile],
    ['log format', process.logFormat],
    [merged ? 'log' : 'log out', logFiles.out],
    ['log err', merged ? '' : logFiles.err],
    ['log lost', lost ? `${process.lostLogLines} lines, ${formatBytes(process.lostLogBytes)} (the disk did not take them)` : ''],
    ['environment', process.envNames.join(' ')],
  ];
}

function balancerText(balancer: ProcessDescription['balancer']): string {
  if (balancer === null) return '';
  const { mode, strategy, host, weight, drainTimeoutMs } = balancer;
  const how = mode === 'shared' ? 'shared, spread by the kernel' : `${mode}, ${strategy}${strategy === 'weighted' ? ` (weight ${weight})` : ''}`;
  return `${how}, on ${host}, drains up to ${formatDuration(drainTimeoutMs)}`;
}

/** Quoted where a shell would split or expand it, so that the line can be copied. */
function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
