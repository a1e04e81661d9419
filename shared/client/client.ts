// The typed client: calls and subscriptions over any transport. Types only from the contract, so that a client loads no schema.
import type { CommandInput, CommandName, CommandOutput } from '../contract/commands.ts';
import type { Progress } from '../contract/outcomes.ts';
import type { StreamMessage, TopicInput, TopicMessage, TopicName } from '../contract/topics.ts';

export interface CallOptions {
  readonly onProgress?: (progress: Progress) => void;
  readonly signal?: AbortSignal;
}

export interface StreamOptions<Message> {
  /** Position of the last message that the caller has, null without any. */
  readonly after: string | null;
  readonly signal: AbortSignal;
  /** The next message comes when this has resolved. */
  readonly next: (message: Message) => void | Promise<void>;
}

/** Carries commands and subscriptions to an engine. Both throw a Failure with the engine's error, or `engine-unreachable`. */
export interface Transport {
  call(name: string, input: unknown, options: CallOptions): Promise<unknown>;
  /** Resolves when the stream has ended by itself or was aborted. */
  subscribe(topic: string, input: unknown, options: StreamOptions<StreamMessage<unknown, unknown>>): Promise<void>;
}

export interface Client {
  call<Name extends CommandName>(name: Name, input: CommandInput<Name>, options?: CallOptions): Promise<CommandOutput<Name>>;
  subscribe<Name extends TopicName>(topic: Name, input: TopicInput<Name>, options: StreamOptions<TopicMessage<Name>>): Promise<void>;
}

export function createClient(transport: Transport): Client {
  return {
    // The server's handlers are typed by the same contract; these are the two places where both sides meet.
    async call<Name extends CommandName>(name: Name, input: CommandInput<Name>, options: CallOptions = {}) {
      return (await transport.call(name, input, options)) as CommandOutput<Name>;
    },
    async subscribe<Name extends TopicName>(topic: Name, input: TopicInput<Name>, { next, ...options }: StreamOptions<TopicMessage<Name>>) {
      await transport.subscribe(topic, input, { ...options, next: (message) => next(message as TopicMessage<Name>) });
    },
  };
}
