// What `describe` says of a process, as pairs of a name and a text for the page. Pure.
import type { ProcessDescription } from '../../../shared/contract/process.ts';
import { formatBytes, formatCount } from '../../format/numbers.ts';

export interface Fact {
  readonly name: string;
  readonly value: string;
  /** A path or a command: of fixed width, and worth copying. */
  readonly literal: boolean;
}

export function factsOf(description: ProcessDescription): readonly Fact[] {
  const { balancer, logFiles, dependsOn, envNames } = description;
  const merged = logFiles.out === logFiles.err;
  const facts: readonly (Fact | null)[] = [
    literal('Command', [description.command, ...description.args].map(shellWord).join(' ')),
    literal('Folder', description.cwd),
    literal('Config', description.configFile),
    plain('Restarts', description.autorestart ? `by itself, gives up after ${formatCount(description.maxRestarts)} in a row` : 'never by itself'),
    plain('Stops with', `${description.killSignal}, SIGKILL after ${seconds(description.killTimeoutMs)}`),
    plain('Depends on', dependsOn.join(', ')),
    plain('Drains', balancer === null ? '' : `up to ${seconds(balancer.drainTimeoutMs)} before it stops`),
    literal(merged ? 'Log' : 'Log, output', logFiles.out),
    literal('Log, errors', merged ? null : logFiles.err),
    plain('Log format', description.logFormat),
    plain('Log lost', lost(description)),
    literal('PID file', description.pidFile),
    plain('Environment', envNames.join(', ')),
  ];
  return facts.filter((fact) => fact !== null);
}

function plain(name: string, value: string): Fact | null {
  return value === '' ? null : { name, value, literal: false };
}

function literal(name: string, value: string | null): Fact | null {
  return value === null || value === '' ? null : { name, value, literal: true };
}

function lost({ lostLogLines, lostLogBytes }: ProcessDescription): string {
  return lostLogLines === 0 && lostLogBytes === 0 ? '' : `${formatCount(lostLogLines)} lines, ${formatBytes(lostLogBytes)}: the disk did not take them`;
}

function seconds(ms: number): string {
  return ms % 1000 === 0 ? `${ms / 1000} s` : `${ms} ms`;
}

/** Quoted where a shell would split or expand it, so that the line can be copied. */
function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
