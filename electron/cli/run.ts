// One command line from beginning to end: which command, its help, its failure, its exit code.
import { Failure, toFailureValue, type FailureValue } from '../../shared/model/failure.ts';
import { findCommand, type CommandEntry, type Context } from './command.ts';
import { exitCodeOf, exitCodes, type ExitCode } from './exit-codes.ts';
import { Interrupted } from './interrupted.ts';
import type { Output } from './output.ts';
import { printable } from './printable.ts';

interface CommandLine {
  readonly name: string;
  readonly argv: readonly string[];
}

/** True when the caller wants JSON, errors included; asked before anything is parsed. */
export function wantsJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return (end < 0 ? argv : argv.slice(0, end)).includes('--json');
}

export async function run(argv: readonly string[], context: Context): Promise<ExitCode> {
  try {
    return await dispatch(parseCommandLine(argv), context);
  } catch (error) {
    return report(error, context.output);
  }
}

/** Options may stand before the command: `tspm --json list`. */
function parseCommandLine(argv: readonly string[]): CommandLine {
  const at = argv.findIndex((argument) => !argument.startsWith('-') || argument === '--');
  const before = at < 0 ? argv : argv.slice(0, at);
  const name = at < 0 ? undefined : argv[at];
  const json = before.filter((option) => option === '--json');
  if (before.includes('-v') || before.includes('--version')) return { name: 'version', argv: json };
  if (name !== undefined) return { name, argv: [...before, ...argv.slice(at + 1)] };
  const unknown = before.find((option) => !['-h', '--help', '--json'].includes(option));
  if (unknown !== undefined) throw new Failure('invalid-input', `unknown option "${unknown}"\nSee: tspm --help`);
  return { name: 'help', argv: json };
}

async function dispatch(line: CommandLine, context: Context): Promise<ExitCode> {
  const entry = findCommand(context.commands, line.name);
  if (entry === undefined) throw await unknownCommand(context.commands, line.name);
  const command = await entry.load();
  if (!wantsHelp(line.argv)) return await command.execute(context, line.argv);
  const { showCommandHelp } = await import('./help.ts');
  return showCommandHelp(context.output, entry, command);
}

function wantsHelp(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return (end < 0 ? argv : argv.slice(0, end)).some((argument) => argument === '--help' || argument === '-h');
}

async function unknownCommand(entries: readonly CommandEntry[], name: string): Promise<Failure> {
  const { suggestion } = await import('../../shared/model/did-you-mean.ts');
  const names = entries.flatMap((entry) => [entry.name, ...entry.aliases]);
  return new Failure('invalid-input', `unknown command "${name}"${suggestion(name, names)}\nSee: tspm --help`);
}

function report(error: unknown, output: Output): ExitCode {
  if (error instanceof Interrupted) {
    if (output.json) output.result({ error: { code: 'interrupted', message: error.message } }, () => '');
    output.note(error.message);
    return exitCodes.interrupted;
  }
  const failure = toFailureValue(error);
  if (output.json) output.result({ error: failure }, () => '');
  output.note(describeFailure(failure, output));
  return exitCodeOf(failure.code);
}

function describeFailure(failure: FailureValue, output: Output): string {
  const lines = failure.message.split('\n').map(printable);
  const prefix = failure.code === 'internal' ? 'internal error (please report it):' : 'error:';
  return `${output.errorColours.red(prefix)} ${lines.join('\n')}`;
}
