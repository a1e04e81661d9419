// What to do when a child has ended by itself. Pure: clock and randomness are handed in, the reason is for a person.
import { describeExit, type ExitStatus } from '../../../shared/model/process-state.ts';
import type { ProcessSpec } from '../../../shared/contract/spec.ts';
import { formatDuration } from '../../../shared/model/duration.ts';
import type { Decision } from './life.ts';

/** A child that lived this long was stable: failures before it are forgotten (systemd calls this the start limit interval). */
export const stableUptimeMs = 60_000;

/** Failures older than this do not count towards `maxRestarts`. */
export const failureWindowMs = 600_000;

/** Delays vary by this share, so that services that fell together do not come back together. */
const jitter = 0.1;

export type PolicySpec = Pick<
  ProcessSpec,
  'autorestart' | 'maxRestarts' | 'restartDelayMs' | 'maxRestartDelayMs' | 'restartBackoff' | 'stopExitCodes'
>;

export interface Ending {
  readonly exit: ExitStatus;
  /** Words for an ending without an exit: the command was not found, readiness never came. */
  readonly problem: string | null;
  readonly ranForMs: number;
  readonly at: number;
}

/** Times of the failures since the last stable run, oldest first, in ms since the epoch. */
export type FailureHistory = readonly number[];

export interface PolicyAnswer {
  readonly decision: Decision;
  readonly history: FailureHistory;
}

/** `random` gives 0 ≤ x < 1. The answer's history replaces the one passed in. */
export function decide(spec: PolicySpec, ending: Ending, history: FailureHistory, random: () => number): PolicyAnswer {
  const what = ending.problem ?? describeExit(ending.exit);
  const code = ending.exit.code;
  if (ending.problem === null && code !== null && spec.stopExitCodes.includes(code)) {
    return { decision: { next: 'exited', reason: `${what}, one of stopExitCodes` }, history: [] };
  }
  if (!spec.autorestart) {
    const completed = ending.problem === null && code === 0;
    const reason = completed ? `completed after ${formatDuration(ending.ranForMs)}` : `${what}; autorestart is off`;
    return { decision: { next: completed ? 'exited' : 'errored', reason }, history: [] };
  }

  const stable = ending.ranForMs >= stableUptimeMs;
  // Failures in the future are from before the clock was set back. They are forgotten: a service gets another chance rather than none.
  const recent = stable ? [] : history.filter((at) => at > ending.at - failureWindowMs && at <= ending.at);
  const failures = [...recent, ending.at];
  const story = `${what} after ${formatDuration(ending.ranForMs)}${times(failures)}`;
  if (failures.length > spec.maxRestarts) {
    return { decision: { next: 'errored', reason: `${story}: gave up after ${plural(spec.maxRestarts, 'restart')}` }, history: failures };
  }
  const delayMs = backoffDelay(spec, failures.length, random());
  return { decision: { next: 'backoff', delayMs, reason: `${story}: next try in ${formatDuration(delayMs)}` }, history: failures };
}

/** restartDelay × restartBackoff^(n−1), at most maxRestartDelay, ± jitter; a restartDelay of 0 stays 0. */
export function backoffDelay(spec: PolicySpec, failure: number, random: number): number {
  const grown = Math.min(spec.maxRestartDelayMs, spec.restartDelayMs * spec.restartBackoff ** (failure - 1));
  return Math.round(grown * (1 - jitter + 2 * jitter * random));
}

function times(failures: FailureHistory): string {
  const first = failures[0];
  const last = failures.at(-1);
  if (failures.length < 2 || first === undefined || last === undefined) return '';
  return `, the ${ordinal(failures.length)} time in ${formatDuration(last - first)}`;
}

function ordinal(n: number): string {
  const suffix = n % 100 >= 11 && n % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${suffix}`;
}

function plural(n: number, word: string): string {
  return `${n} ${word}${n === 1 ? '' : 's'}`;
}
