// What a lifecycle command did, one line per instance, and what to know about those that failed.
import type { Outcome } from '../../shared/contract/outcomes.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import type { Colours, Output } from './output.ts';
import { printable, printableLogLine } from './printable.ts';

/** For the help of commands that print outcomes. */
export const outcomesJson = `[{ id, name, instance, action, changed, message, lastLines, process }]
action: started | restarted | updated | reloaded | stopped | deleted | flushed | reset | signalled | unchanged | failed
changed: names of config fields that differ; lastLines: output of an instance that failed
process: the fields of tspm list --json`;

/** Prints them and tells the exit code: 1 when any failed. */
export function reportOutcomes(output: Output, outcomes: readonly Outcome[]): ExitCode {
  output.result(outcomes, () => outcomesText(outcomes, output.colours));
  return outcomesExitCode(outcomes);
}

export function outcomesText(outcomes: readonly Outcome[], colours: Colours): string {
  return outcomes.map((outcome) => outcomeText(outcome, colours)).join('\n');
}

export function outcomesExitCode(outcomes: readonly Outcome[]): ExitCode {
  return outcomes.some((outcome) => outcome.action === 'failed') ? exitCodes.failed : exitCodes.done;
}

/** One line, and below it the last output of an instance that failed. */
export function outcomeText(outcome: Outcome, colours: Colours): string {
  const id = `${outcome.name}:${outcome.instance}`;
  const detail = details(outcome);
  const line = `${mark(outcome, colours)} ${colours.bold(id)} ${printable(detail)}`;
  if (outcome.action !== 'failed' || outcome.lastLines.length === 0) return line;
  return [line, ...outcome.lastLines.map((text) => colours.dim(`    │ ${printableLogLine(text, false)}`))].join('\n');
}

function mark(outcome: Outcome, colours: Colours): string {
  if (isInTrouble(outcome)) return colours.yellow('!');
  if (isOnItsWay(outcome)) return colours.cyan('…');
  switch (outcome.action) {
    case 'started':
    case 'stopped':
    case 'deleted':
    case 'flushed':
    case 'reset':
    case 'signalled':
      return colours.green('✓');
    case 'restarted':
    case 'reloaded':
    case 'updated':
      return colours.cyan('↻');
    case 'unchanged':
      return colours.dim('=');
    case 'failed':
      return colours.red('✗');
    default:
      return unknownAction(outcome.action, '?');
  }
}

/** It came up, and was gone again before anybody could look. */
function isInTrouble({ action, process }: Outcome): boolean {
  return action === 'started' && (process.state === 'backoff' || process.state === 'errored');
}

/** With --no-wait, or between two tries. */
function isOnItsWay({ action, process }: Outcome): boolean {
  return action === 'started' && (process.state === 'waiting' || process.state === 'starting');
}

/** A newer engine may do what this program has no word for. */
function unknownAction(_action: never, text: string): string {
  return text;
}

function details(outcome: Outcome): string {
  const { action, changed, message } = outcome;
  const { state, pid } = outcome.process;
  const why = message === '' ? '' : `: ${message}`;
  switch (action) {
    case 'started':
      if (isInTrouble(outcome)) return `started, but it is in ${state} now: ${outcome.process.reason}`;
      return `${state === 'online' && pid !== null ? `online, pid ${pid}` : state}${why}`;
    case 'restarted':
    case 'updated':
    case 'reloaded': {
      const fields = changed.length === 0 ? '' : ` (changed: ${changed.join(', ')})`;
      const now = pid === null ? state : `pid ${pid}`;
      return `${action}, ${now}${fields}${why}`;
    }
    case 'unchanged':
      return `unchanged, ${state}${why}`;
    case 'failed':
      return `failed${message === '' ? `: ${outcome.process.reason || state}` : why}`;
    case 'stopped':
    case 'deleted':
    case 'flushed':
    case 'reset':
    case 'signalled':
      return `${action}${why}`;
    default:
      return unknownAction(action, `${String(action)}${why}`);
  }
}
