// How a command reaches the engine, and when it starts one: a home that looks after processes always gets an engine.
import type { CallOptions, Client } from '../../shared/client/client.ts';
import type { CommandInput, CommandName, CommandOutput } from '../../shared/contract/commands.ts';
import { Failure } from '../../shared/model/failure.ts';
import { isConnectionLost, isEngineAbsent } from '../transport/http/unreachable.ts';

export interface Engine {
  /** True when this program started the engine. */
  readonly launched: boolean;
  /** Calls the engine and starts one first when none answers. */
  call<Name extends CommandName>(name: Name, input: CommandInput<Name>, options?: CallOptions): Promise<CommandOutput<Name>>;
  /** The same, but null when no engine answers and there is no process that one would have to look after. */
  ask<Name extends CommandName>(name: Name, input: CommandInput<Name>, options?: CallOptions): Promise<CommandOutput<Name> | null>;
  /** Calls the engine and starts none; null when none answers. */
  callRunning<Name extends CommandName>(name: Name, input: CommandInput<Name>, options?: CallOptions): Promise<CommandOutput<Name> | null>;
  /** Starts an engine ahead of need when none answers, while the caller does something else. */
  warmUp(): WarmUp;
}

export interface WarmUp {
  /** The engine's process exists, or is not needed: from now on it boots beside the caller's own work. */
  readonly begun: Promise<void>;
  /** The engine is not needed after all: one that was started for this and has nothing to look after is ended. */
  cancel(): Promise<void>;
}

export interface EngineParts {
  readonly client: Client;
  /** Starts an engine and returns when it accepts connections; `begun` is called as soon as its process exists. */
  readonly launch: (begun: () => void) => Promise<void>;
  /** True when the home's saved state names any process. */
  readonly hasProcesses: () => Promise<boolean>;
}

/** Commands that change nothing may be asked again when the engine was replaced in the middle of an answer. */
const repeatable: ReadonlySet<CommandName> = new Set<CommandName>(['status', 'list', 'describe', 'logSources', 'env', 'clusters']);

export function createEngine({ client, launch, hasProcesses }: EngineParts): Engine {
  let launching: Promise<void> | null = null;
  let launched = false;

  function launchOnce(begun: () => void = () => undefined): Promise<void> {
    launching ??= launch(begun)
      .then(() => {
        launched = true;
      })
      // An engine that dies later is replaced by another one.
      .finally(() => {
        launching = null;
      });
    return launching;
  }

  async function callRunning<Name extends CommandName>(name: Name, input: CommandInput<Name>, options: CallOptions = {}): Promise<CommandOutput<Name> | null> {
    try {
      return await client.call(name, input, options);
    } catch (error) {
      if (isEngineAbsent(error)) return null;
      throw error;
    }
  }

  async function call<Name extends CommandName>(name: Name, input: CommandInput<Name>, options: CallOptions = {}): Promise<CommandOutput<Name>> {
    const answer = await askOnce(name, input, options);
    if (answer !== null) return answer;
    await launchOnce();
    return await client.call(name, input, options);
  }

  async function askOnce<Name extends CommandName>(name: Name, input: CommandInput<Name>, options: CallOptions): Promise<CommandOutput<Name> | null> {
    try {
      return await callRunning(name, input, options);
    } catch (error) {
      if (repeatable.has(name) && isConnectionLost(error)) return null;
      throw error;
    }
  }

  return {
    get launched() {
      return launched;
    },
    call,
    callRunning,
    warmUp() {
      // A failure shows itself to the call that needs the engine.
      let warming: Promise<unknown> = Promise.resolve();
      const begun = new Promise<void>((resolve) => {
        warming = callRunning('status', {})
          .then((report) => (report === null ? launchOnce(resolve) : undefined))
          .catch(() => undefined)
          .finally(resolve);
      });
      return {
        begun,
        async cancel() {
          await warming;
          if (launched && !(await hasProcesses())) await callRunning('kill', {});
        },
      };
    },
    async ask(name, input, options = {}) {
      const answer = await askOnce(name, input, options);
      if (answer !== null) return answer;
      return (await hasProcesses()) ? await call(name, input, options) : null;
    },
  };
}

/** What a command that acts on processes says when there is none. */
export function nothingMatched(selectors: readonly string[]): Failure {
  const wanted = selectors.map((selector) => `"${selector}"`).join(', ');
  return new Failure('nothing-matched', `nothing matches ${wanted}, because no process is known; tspm start adds some`, { selectors });
}
