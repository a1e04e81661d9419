// What a command is: its words for the help, its options, and what it does. One file in commands/ defines each.
import type { HomePaths } from '../../shared/model/home.ts';
import type { Engine } from './engine.ts';
import type { ExitCode } from './exit-codes.ts';
import type { Output } from './output.ts';
import { parseArguments, type OptionTable, type OptionValues } from './arguments.ts';

/** Everything a command may touch; tests hand in their own. */
export interface Context {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly paths: HomePaths;
  readonly output: Output;
  readonly engine: Engine;
  /** All commands there are, for the help. */
  readonly commands: readonly CommandEntry[];
  /** Runs `handle` instead of ending the program at SIGINT, SIGTERM and SIGHUP; the returned function undoes it. */
  readonly onSignal: (handle: () => void) => () => void;
  /** Runs `handle` instead of ending the program when nobody reads stdout any more. */
  readonly onBrokenPipe: (handle: () => void) => void;
}

export interface ParsedInput<Options extends OptionTable> {
  readonly options: OptionValues<Options>;
  readonly positionals: readonly string[];
  /** What came after `--`. */
  readonly rest: readonly string[];
  /** Names of the options in the order in which they were given. */
  readonly given: readonly string[];
}

export interface CommandDefinition<Options extends OptionTable> {
  readonly name: string;
  /** Arguments as the help shows them, for example `[selector…]`. */
  readonly usage: string;
  readonly about: string;
  readonly options: Options;
  /** Command line (without `tspm`) and what it does. */
  readonly examples: readonly (readonly [line: string, about: string])[];
  /** What --json prints. */
  readonly json: string;
  /** How many arguments may stand before `--`. */
  readonly positionals: { readonly min: number; readonly max: number };
  /** Whether arguments after `--` mean anything. */
  readonly takesRest?: boolean;
  /** `-1` is an argument and no option, before and after `--`. */
  readonly negativeNumbers?: boolean;
  readonly run: (context: Context, input: ParsedInput<Options>) => Promise<ExitCode>;
}

/** A command with its option types closed over, as the dispatcher sees it. */
export interface Command extends Omit<CommandDefinition<OptionTable>, 'run'> {
  readonly execute: (context: Context, argv: readonly string[]) => Promise<ExitCode>;
}

/** A command as the registry lists it; the command itself is loaded only when it runs. */
export interface CommandEntry {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly summary: string;
  readonly load: () => Promise<Command>;
}

export function findCommand(entries: readonly CommandEntry[], name: string): CommandEntry | undefined {
  return entries.find((entry) => entry.name === name || entry.aliases.includes(name));
}

export function defineCommand<const Options extends OptionTable>(definition: CommandDefinition<Options>): Command {
  return {
    ...definition,
    execute: (context, argv) => definition.run(context, parseArguments(definition, argv)),
  };
}
