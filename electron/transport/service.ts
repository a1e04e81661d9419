// What a host serves, whatever the transport: inputs are parsed here, once, and then handed to the handlers.
import * as z from 'zod/mini';
import type { Capabilities } from '../../shared/contract/capabilities.ts';
import { commandInputs, type CommandContext, type CommandHandlers } from '../../shared/contract/commands.ts';
import { topicInputs } from '../../shared/contract/topic-inputs.ts';
import type { StreamContext, StreamMessage, TopicHandlers } from '../../shared/contract/topics.ts';
import { contractVersion, productVersion } from '../../shared/contract/version.ts';
import { Failure } from '../../shared/model/failure.ts';
import { unknownFields } from '../../shared/model/unknown-fields.ts';

export interface Service {
  readonly capabilities: Capabilities;
  /** Throws a Failure: `unknown-command`, `invalid-input`, `forbidden`, or what the handler throws. */
  call(name: string, input: unknown, context: CommandContext): Promise<unknown>;
  /** Throws as `call` does, before the first message. */
  open(topic: string, input: unknown, context: StreamContext): AsyncIterable<StreamMessage<unknown, unknown>>;
}

type Schemas = Readonly<Record<string, z.ZodMiniType>>;

export interface ServiceParts<Inputs extends Schemas, TopicInputs extends Schemas> {
  readonly inputs: Inputs;
  readonly handlers: { readonly [Name in keyof Inputs]: (input: z.infer<Inputs[Name]>, context: CommandContext) => Promise<unknown> };
  readonly topicInputs: TopicInputs;
  readonly topics: { readonly [Name in keyof TopicInputs]: (input: z.infer<TopicInputs[Name]>, context: StreamContext) => AsyncIterable<StreamMessage<unknown, unknown>> };
}

export function createService<Inputs extends Schemas, TopicInputs extends Schemas>({ inputs, handlers, topicInputs: streams, topics }: ServiceParts<Inputs, TopicInputs>): Service {
  return {
    capabilities: { contract: contractVersion, version: productVersion, commands: Object.keys(inputs), topics: Object.keys(streams) },
    async call(name, input, context) {
      const schema = Object.hasOwn(inputs, name) ? inputs[name] : undefined;
      if (schema === undefined) throw unknown('command', name, Object.keys(inputs));
      // The schema of `name` has just accepted the value; the mapped type cannot follow that through an index.
      return await (handlers[name as keyof Inputs] as Handler<CommandContext, Promise<unknown>>)(parse(schema, name, input), context);
    },
    open(topic, input, context) {
      const schema = Object.hasOwn(streams, topic) ? streams[topic] : undefined;
      if (schema === undefined) throw unknown('topic', topic, Object.keys(streams));
      return (topics[topic as keyof TopicInputs] as Handler<StreamContext, AsyncIterable<StreamMessage<unknown, unknown>>>)(parse(schema, topic, input), context);
    },
  };
}

export function engineService(handlers: CommandHandlers, topics: TopicHandlers): Service {
  return createService({ inputs: commandInputs, handlers, topicInputs, topics });
}

/** The same without some of the commands: those are refused, and are not among its capabilities. */
export function withoutCommands(service: Service, names: readonly string[]): Service {
  return {
    capabilities: { ...service.capabilities, commands: service.capabilities.commands.filter((name) => !names.includes(name)) },
    async call(name, input, context) {
      if (names.includes(name)) throw new Failure('forbidden', `${name} is answered on the control socket only: use the command line.`);
      return await service.call(name, input, context);
    },
    open: (topic, input, context) => service.open(topic, input, context),
  };
}

/** Both as one; names must differ. */
export function joinServices(first: Service, second: Service): Service {
  const [one, two] = [first.capabilities, second.capabilities];
  return {
    capabilities: { ...one, commands: [...one.commands, ...two.commands], topics: [...one.topics, ...two.topics] },
    call: (name, input, context) => (two.commands.includes(name) ? second : first).call(name, input, context),
    open: (topic, input, context) => (two.topics.includes(topic) ? second : first).open(topic, input, context),
  };
}

type Handler<Context, Answer> = (input: unknown, context: Context) => Answer;

function parse(schema: z.ZodMiniType, name: string, value: unknown): unknown {
  const parsed = z.safeParse(schema, value ?? {});
  if (parsed.success) {
    const [unknown] = unknownFields(value ?? {}, parsed.data);
    if (unknown === undefined) return parsed.data;
    // Dropped in silence, it would look as if it had been done.
    throw new Failure('invalid-input', `this engine (${productVersion}) does not know ${JSON.stringify(unknown)} in the input of ${name}: it is misspelt, or from a newer TSPM. Nothing was changed.`, { unknown });
  }
  const issue = parsed.error.issues[0];
  throw new Failure('invalid-input', `the input of ${name} is not valid at ${issue?.path.join('.') || 'the top'}: ${issue?.code ?? ''}.`, { issues: parsed.error.issues.slice(0, 20) });
}

function unknown(kind: 'command' | 'topic', name: string, known: readonly string[]): Failure {
  return new Failure('unknown-command', `there is no ${kind} ${JSON.stringify(name.slice(0, 64))}. There are: ${known.join(', ')}. This engine is TSPM ${productVersion}.`);
}
