// Every command of the engine, declared once: its input as a schema, its output in outputs.ts.
// Handlers and clients are mapped types over both: one that is missing does not compile.
import * as z from 'zod/mini';
import type { Progress } from './outcomes.ts';
import type { commandOutputs } from './outputs.ts';
import { maxInstances } from '../model/limits.ts';
import { signalNames } from '../model/signals.ts';
import { selectorsSchema as selectors } from './selectors.ts';
import { processSpecSchema } from './spec.ts';

const environment = z.record(z.string(), z.string());

/** How many instances a process shall have: a number, so many more or fewer, or one per processor core. */
export const instanceChangeSchema = z.union([
  z.object({ to: z.int().check(z.minimum(1), z.maximum(maxInstances)) }),
  z.object({ by: z.int().check(z.minimum(-maxInstances), z.maximum(maxInstances)) }),
  z.literal('max'),
]);

const selected = z.object({ selectors });
/** With the caller's environment, which a new child inherits. A caller that has none, such as a page, leaves it away: each keeps its own. */
const selectedWithEnvironment = z.object({ selectors, environment: z.optional(environment), wait: z.boolean() });
const port = z.int().check(z.minimum(0), z.maximum(65535));

export const commandInputs = {
  status: z.object({}),
  list: z.object({ selectors: z.optional(selectors) }),
  describe: selected,
  /** Adds or updates processes and brings them up. */
  /** Without an environment the host's is inherited: of the application that is its login shell's. */
  start: z.object({ specs: z.array(processSpecSchema).check(z.minLength(1), z.maxLength(1024)), environment: z.optional(environment), wait: z.boolean() }),
  /** Brings up processes that are known already. */
  resume: selectedWithEnvironment,
  stop: selected,
  restart: selectedWithEnvironment,
  reload: selectedWithEnvironment,
  /** Of one process, by its name. Kept over restarts until the config names another number. */
  scale: z.object({ name: z.string().check(z.minLength(1), z.maxLength(256)), instances: instanceChangeSchema, wait: z.boolean() }),
  /** Processes that TSPM balances; without selectors all of them. */
  clusters: z.object({ selectors: z.optional(selectors) }),
  /** Measurements of the last minutes, at most ten; without selectors of every instance. */
  metricsHistory: z.object({ selectors: z.optional(selectors), since: z.optional(z.number()) }),
  delete: selected,
  logSources: selected,
  flush: selected,
  reset: selected,
  signal: z.object({ selectors, signal: z.enum(signalNames) }),
  env: selected,
  kill: z.object({}),
  /** Moves all services from an older data plane to one of this version; with `force` also from one of the same. */
  upgrade: z.object({ force: z.optional(z.boolean()) }),
  /**
   * Opens or closes the browser dashboard, or gives it a new key. `host` is 127.0.0.1 unless somebody asks for another one; port 0: any that
   * is free. `allowCommands`: its pages may start any command; as before when it is left away.
   */
  dashboard: z.object({
    action: z.enum(['open', 'close', 'look', 'rotate']),
    port: z.optional(port),
    host: z.optional(z.string().check(z.minLength(1), z.maxLength(255))),
    allowCommands: z.optional(z.boolean()),
  }),
  /** The owner of the home finishes what it is at, lets go of services and sockets, and leaves: the caller takes its place. */
  handOver: z.object({}),
} as const;

export type CommandName = keyof typeof commandInputs;
export type CommandInput<Name extends CommandName> = z.input<(typeof commandInputs)[Name]>;
export type CommandOutput<Name extends CommandName> = z.infer<(typeof commandOutputs)[Name]>;

/** Answered by the program that hosts a supervisor, and not by the supervisor. */
export type HostCommandName = 'dashboard' | 'handOver';

/** They give secrets away or end the server that is asked: only for whoever can open the control socket. */
export const controlSocketOnly: readonly CommandName[] = ['env', 'dashboard', 'handOver'];

/** Handed to a handler: where progress goes, and when the caller has gone away. */
export interface CommandContext {
  readonly progress: (progress: Progress) => void;
  readonly signal: AbortSignal;
}

export type CommandHandlers = {
  readonly [Name in CommandName]: (input: z.infer<(typeof commandInputs)[Name]>, context: CommandContext) => Promise<CommandOutput<Name>>;
};

export type HostHandlers = Pick<CommandHandlers, HostCommandName>;
export type SupervisorHandlers = Omit<CommandHandlers, HostCommandName>;
