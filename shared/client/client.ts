// The typed client: one `call` over any transport. Types only from the contract, so that a client loads no schema.
import type { CommandInput, CommandName, CommandOutput } from '../contract/commands.ts';
import type { Progress } from '../contract/outcomes.ts';

export interface CallOptions {
  readonly onProgress?: (progress: Progress) => void;
  readonly signal?: AbortSignal;
}

/** Carries one command to an engine. Throws a Failure with the engine's error, or `engine-unreachable`. */
export interface Transport {
  call(name: CommandName, input: unknown, options: CallOptions): Promise<unknown>;
}

export interface Client {
  call<Name extends CommandName>(name: Name, input: CommandInput<Name>, options?: CallOptions): Promise<CommandOutput<Name>>;
}

export function createClient(transport: Transport): Client {
  return {
    async call<Name extends CommandName>(name: Name, input: CommandInput<Name>, options: CallOptions = {}) {
      // The server's handler is typed by the same contract; this is the one place where the two meet.
      return (await transport.call(name, input, options)) as CommandOutput<Name>;
    },
  };
}
