// The contract itself as the OpenAPI document describes it: every command and every subscription, for typed clients.
import { commandInputs, controlSocketOnly } from '../../../../shared/contract/commands.ts';
import { progressSchema } from '../../../../shared/contract/outcomes.ts';
import { commandOutputs } from '../../../../shared/contract/outputs.ts';
import { topicInputs } from '../../../../shared/contract/topic-inputs.ts';
import { topicOutputs } from '../../../../shared/contract/topics.ts';
import { statusOf } from '../failure-status.ts';
import { linesType } from '../route.ts';
import type { Paths } from './rest-paths.ts';
import { jsonContent } from './responses.ts';
import { capital, failureSchema, schemaOf } from './schemas.ts';

type Name<Table> = Extract<keyof Table, string>;

const names = <Table extends object>(table: Table): readonly Name<Table>[] => Object.keys(table) as Name<Table>[];
const member = (name: string, schema: object): object => ({ type: 'object', properties: { [name]: schema }, required: [name] });
const failureResponses = (ending: object): object =>
  Object.fromEntries([...new Set(Object.values(statusOf))].map((status) => [String(status), { description: 'A failure before any other line.', content: { [linesType]: { schema: ending } } }]));

export function contractPaths(): Paths {
  return { ...Object.fromEntries(names(commandInputs).map(commandPath)), ...Object.fromEntries(names(topicInputs).map(topicPath)) };
}

function commandPath(name: Name<typeof commandInputs>): readonly [string, Paths[string]] {
  const error = member('error', schemaOf(failureSchema));
  const lines = { oneOf: [member('progress', schemaOf(progressSchema)), member('result', schemaOf(commandOutputs[name])), error] };
  const post = {
    operationId: `call${capital(name)}`,
    tags: ['contract'],
    summary: `The command ${name}`,
    ...(controlSocketOnly.includes(name) ? { description: 'On the control socket only.' } : {}),
    requestBody: { required: true, content: jsonContent(schemaOf(commandInputs[name])) },
    responses: { '200': { description: 'Any number of lines with progress, then one with the result or an error.', content: { [linesType]: { schema: lines } } }, ...failureResponses(error) },
  };
  return [`/v1/commands/${name}`, { post }];
}

function topicPath(name: Name<typeof topicInputs>): readonly [string, Paths[string]] {
  const position = { type: 'string' };
  const { snapshot, change } = topicOutputs[name];
  const message = {
    oneOf: [
      { type: 'object', properties: { position, snapshot: schemaOf(snapshot) }, required: ['position', 'snapshot'] },
      { type: 'object', properties: { position, previous: position, change: schemaOf(change) }, required: ['position', 'previous', 'change'] },
    ],
  };
  const end = member('end', { oneOf: [{ type: 'null' }, schemaOf(failureSchema)] });
  const body = { type: 'object', properties: { input: schemaOf(topicInputs[name]), after: { type: ['string', 'null'] } } };
  const post = {
    operationId: `subscribe${capital(name)}`,
    tags: ['contract'],
    summary: `The subscription ${name}`,
    description: 'Begins with a snapshot, or goes on behind the position in `after`.',
    requestBody: { required: true, content: jsonContent(body) },
    responses: {
      '200': { description: 'Lines with a message each, until one with the end.', content: { [linesType]: { schema: { oneOf: [member('message', message), member('alive', { const: true }), end] } } } },
      ...failureResponses(end),
    },
  };
  return [`/v1/subscriptions/${name}`, { post }];
}
