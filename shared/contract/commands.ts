// Every command of the engine, declared once: its input as a schema, its progress and result as types.
// Handlers and clients are mapped types over `Commands`: one that is missing does not compile.
import * as z from 'zod/mini';
import type { Outcome, Progress } from './outcomes.ts';
import type { ProcessDescription, ProcessSnapshot } from '../model/snapshot.ts';
import type { ClusterReport, LogSource, StatusReport } from './reports.ts';
import { maxInstances } from '../model/limits.ts';
import { signalNames } from '../model/signals.ts';
import { processSpecSchema } from './spec.ts';

/** name, name:instance, id, glob, @namespace, group, group=name, or `all`. Bounded: it comes from outside. */
const selectors = z.array(z.string().check(z.minLength(1), z.maxLength(256))).check(z.maxLength(1024));
const environment = z.record(z.string(), z.string());

/** How many instances a process shall have: a number, so many more or fewer, or one per processor core. */
const instanceChange = z.union([
  z.object({ to: z.int().check(z.minimum(1), z.maximum(maxInstances)) }),
  z.object({ by: z.int().check(z.minimum(-maxInstances), z.maximum(maxInstances)) }),
  z.literal('max'),
]);

const selected = z.object({ selectors });
/** With the caller's environment, which a new child inherits. */
const selectedWithEnvironment = z.object({ selectors, environment, wait: z.boolean() });

export const commandInputs = {
  status: z.object({}),
  list: z.object({ selectors: z.optional(selectors) }),
  describe: selected,
  /** Adds or updates processes and brings them up. */
  start: z.object({ specs: z.array(processSpecSchema).check(z.minLength(1), z.maxLength(1024)), environment, wait: z.boolean() }),
  /** Brings up processes that are known already. */
  resume: selectedWithEnvironment,
  stop: selected,
  restart: selectedWithEnvironment,
  reload: selectedWithEnvironment,
  /** Of one process, by its name. Kept over restarts until the config names another number. */
  scale: z.object({ name: z.string().check(z.minLength(1), z.maxLength(256)), instances: instanceChange, wait: z.boolean() }),
  /** Processes that TSPM balances; without selectors all of them. */
  clusters: z.object({ selectors: z.optional(selectors) }),
  delete: selected,
  logSources: selected,
  flush: selected,
  reset: selected,
  signal: z.object({ selectors, signal: z.enum(signalNames) }),
  env: selected,
  kill: z.object({}),
} as const;

export type CommandName = keyof typeof commandInputs;

interface CommandOutputs {
  readonly status: StatusReport;
  readonly list: readonly ProcessSnapshot[];
  readonly describe: readonly ProcessDescription[];
  readonly start: readonly Outcome[];
  readonly resume: readonly Outcome[];
  readonly stop: readonly Outcome[];
  readonly restart: readonly Outcome[];
  readonly reload: readonly Outcome[];
  readonly scale: readonly Outcome[];
  readonly clusters: readonly ClusterReport[];
  readonly delete: readonly Outcome[];
  readonly logSources: readonly LogSource[];
  readonly flush: readonly Outcome[];
  readonly reset: readonly Outcome[];
  readonly signal: readonly Outcome[];
  readonly env: readonly { readonly name: string; readonly instance: number; readonly env: Readonly<Record<string, string>> }[];
  readonly kill: { readonly stopped: number };
}

export type CommandInput<Name extends CommandName> = z.infer<(typeof commandInputs)[Name]>;
export type CommandOutput<Name extends CommandName> = CommandOutputs[Name];

/** Handed to a handler: where progress goes, and when the caller has gone away. */
export interface CommandContext {
  readonly progress: (progress: Progress) => void;
  readonly signal: AbortSignal;
}

export type CommandHandlers = {
  readonly [Name in CommandName]: (input: CommandInput<Name>, context: CommandContext) => Promise<CommandOutput<Name>>;
};
