// Commands that act on selected processes are alike: selectors or --all, one call, one line per outcome.
import type { CommandInput } from '../../shared/contract/commands.ts';
import type { Progress } from '../../shared/contract/outcomes.ts';
import type { OptionTable, OptionValues } from './arguments.ts';
import { usageError } from './arguments.ts';
import { defineCommand, type Command, type Context } from './command.ts';
import { nothingMatched } from './engine.ts';
import { callerEnvironment } from './environment.ts';
import { groupOption, groupSelectors } from './group-option.ts';
import { Interrupted } from './interrupted.ts';
import { outcomesJson, reportOutcomes } from './outcomes.ts';
import { showProgress } from './progress.ts';

/** The selector that stands for every process. */
export const everything = 'all';

const allOption = { all: { type: 'boolean', about: 'all processes' } } as const satisfies OptionTable;

/** What tells processes apart in commands that act on them, beside selectors. */
export const selectionOptions = { ...groupOption, ...allOption } as const satisfies OptionTable;

export const selectionUsage = '<selector…> | --group <name> | --all';

export const waitOption = { 'no-wait': { type: 'boolean', about: 'do not wait until the processes are online' } } as const satisfies OptionTable;

type SelectionCommandName = 'stop' | 'delete' | 'flush' | 'reset';
type BringUpCommandName = 'restart' | 'reload';

export interface SelectionTexts {
  readonly about: string;
  /** Word in the progress line: `stopping`. */
  readonly doing: string;
  readonly examples: readonly (readonly [string, string])[];
}

/** Throws a usage error unless there are selectors (--group makes them too) or --all, and not both. */
export function chosenSelectors(command: string, positionals: readonly string[], { all, group }: OptionValues<typeof selectionOptions>): string[] {
  const selectors = [...positionals, ...groupSelectors(group)];
  if (all && selectors.length > 0) throw usageError(command, `give selectors or --all, not both`);
  if (!all && selectors.length === 0) throw usageError(command, `which processes? Give selectors (name, name:instance, id, glob, @namespace, group), --group <name> or --all`);
  return all ? [everything] : selectors;
}

export function defineSelectionCommand(name: SelectionCommandName, texts: SelectionTexts): Command {
  return defineCommand({
    name,
    usage: selectionUsage,
    about: texts.about,
    options: selectionOptions,
    examples: texts.examples,
    json: outcomesJson,
    positionals: { min: 0, max: 1024 },
    async run(context, { options, positionals }) {
      const selectors = chosenSelectors(name, positionals, options);
      const outcomes = await interruptible(context, texts.doing, (signal, onProgress) => context.engine.ask(name, { selectors }, { signal, onProgress }));
      if (outcomes === null) throw nothingMatched(selectors);
      return reportOutcomes(context.output, outcomes);
    },
  });
}

/** The same for commands that bring processes up: they carry the caller's environment and may wait. */
export function defineBringUpCommand(name: BringUpCommandName, texts: SelectionTexts): Command {
  return defineCommand({
    name,
    usage: selectionUsage,
    about: texts.about,
    options: { ...selectionOptions, ...waitOption },
    examples: texts.examples,
    json: outcomesJson,
    positionals: { min: 0, max: 1024 },
    async run(context, { options, positionals }) {
      const input: CommandInput<BringUpCommandName> = {
        selectors: chosenSelectors(name, positionals, options),
        environment: callerEnvironment(context.env),
        wait: !options['no-wait'],
      };
      const outcomes = await interruptible(context, texts.doing, (signal, onProgress) => context.engine.ask(name, input, { signal, onProgress }));
      if (outcomes === null) throw nothingMatched(input.selectors);
      return reportOutcomes(context.output, outcomes);
    },
  });
}

/** Runs a long call with a progress line; Ctrl+C ends the wait, not what the engine is doing. */
export async function interruptible<Result>(
  context: Context,
  doing: string,
  call: (signal: AbortSignal, onProgress: (progress: Progress) => void) => Promise<Result>,
): Promise<Result> {
  const abort = new AbortController();
  const restore = context.onSignal(() => abort.abort(new Interrupted(`stopped waiting; the engine goes on ${doing}. See: tspm list`)));
  try {
    return await call(abort.signal, (progress) => showProgress(context.output, doing, progress));
  } finally {
    restore();
    context.output.progress('');
  }
}
