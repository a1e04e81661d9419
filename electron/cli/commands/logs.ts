// `tspm logs`: reads the log files themselves, so it works however much there is and whoever holds the engine.
import type { LogSource } from '../../../shared/contract/reports.ts';
import type { LogBeginning, LogStream } from '../../supervisor/log-reader.ts';
import { usageError, wholeNumber } from '../arguments.ts';
import { defineCommand } from '../command.ts';
import { loadLogReader } from '../log-reader.ts';
import { nothingMatched } from '../engine.ts';
import { exitCodes } from '../exit-codes.ts';
import { followAll } from '../follow-logs.ts';
import { groupOption, groupSelectors } from '../group-option.ts';
import { createLogPrinter, logEntryJson } from '../log-printer.ts';
import { parseMoment } from '../moment.ts';
import type { Output } from '../output.ts';
import { processKey } from '../process-key.ts';
import { everything } from '../selection.ts';

const defaultLines = 15;
/** They are held in memory; whoever wants more wants --since or the file. */
const maxLines = 100_000;

export const logs = defineCommand({
  name: 'logs',
  usage: '[selector…]',
  about: 'Shows the last lines of the logs: of all processes, or of those that are selected. Rotated files count too.',
  options: {
    lines: { type: 'string', short: 'n', value: 'N', about: `the last N lines of each log file that match (${defaultLines}; with --since: all)` },
    follow: { type: 'boolean', short: 'f', about: 'go on with what is written from now on' },
    out: { type: 'boolean', about: 'standard output only' },
    err: { type: 'boolean', about: 'standard error only' },
    grep: { type: 'string', value: 'RE', about: 'lines that this regular expression (JavaScript) matches' },
    since: { type: 'string', value: 'T', about: 'since 10m, 2h, 1d ago, or a date such as 2026-01-31T12:00; needs the format timestamps or json' },
    ...groupOption,
  },
  examples: [
    ['logs', 'the last lines of everything'],
    ['logs api -f', 'follow one process'],
    ['logs @backend --err --lines 50', 'the last errors of a namespace'],
    ["logs --since 1h --grep 'time(out|d out)'", 'search the last hour'],
  ],
  json: logEntryJson,
  positionals: { min: 0, max: 1024 },
  async run(context, { options, positionals }) {
    const { output, engine } = context;
    const lines = options.lines === undefined ? null : wholeNumber('logs', 'lines', options.lines, 0, maxLines);
    const since = options.since === undefined ? null : moment(options.since);
    const streams: readonly LogStream[] = options.out === options.err ? ['out', 'err'] : [options.out ? 'out' : 'err'];
    const matches = matcher(options.grep);
    const chosen = [...positionals, ...groupSelectors(options.group)];
    const selectors = chosen.length === 0 ? [everything] : chosen;
    const sources = await engine.ask('logSources', { selectors });
    if (sources === null) throw nothingMatched(selectors);
    warn(output, sources, since, streams);

    const printer = createLogPrinter(output, { times: true, nameWidth: Math.max(...sources.map((source) => processKey(source).length)) });
    const query = { streams, matches };
    const { readLogs } = await loadLogReader();
    if (options.follow) await followAll(context, { selectors, sources, beginning: beginningFor(since, lines), ...query }, printer.print);
    else await readLogs(sources, { ...query, beginning: beginningFor(since, lines) }, printer.print, null);
    return exitCodes.done;
  },
});

function beginningFor(since: number | null, lines: number | null): LogBeginning {
  if (since !== null && lines === null) return { kind: 'since', since };
  return { kind: 'last', lines: lines ?? defaultLines, since };
}

function moment(text: string): number {
  const time = parseMoment(text, Date.now());
  if (time === null) throw usageError('logs', `--since takes a duration (10m, 2h, 1d) or a date (2026-01-31T12:00), not "${text}"`);
  return time;
}

function matcher(pattern: string | undefined): (message: string) => boolean {
  if (pattern === undefined) return () => true;
  try {
    const expression = new RegExp(pattern);
    return (message) => expression.test(message);
  } catch (error) {
    throw usageError('logs', `--grep: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** What the files cannot tell is said, once. */
function warn(output: Output, sources: readonly LogSource[], since: number | null, streams: readonly LogStream[]): void {
  const names = (list: readonly LogSource[]): string => [...new Set(list.map(({ name }) => name))].join(', ');
  const timeless = sources.filter(({ format }) => format === 'plain');
  if (since !== null && timeless.length > 0) output.note(`note: the logs of ${names(timeless)} hold no times (format: plain), so --since shows all of their lines`);
  const merged = sources.filter(({ out, err, format }) => out === err && format !== 'json');
  if (streams.length === 1 && merged.length > 0) output.note(`note: both streams of ${names(merged)} are in one file that does not tell them apart; all of it counts as standard output`);
}
