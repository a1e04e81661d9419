// The routes of the REST API as the OpenAPI document describes them.
import * as z from 'zod/mini';
import { commandOutputs } from '../../../../shared/contract/outputs.ts';
import type { ProblemCode } from '../problem.ts';
import { maxTextLength, type QueryParameter } from '../query.ts';
import { eventsType, jsonType, linesType, type Operation, type Route } from '../route.ts';
import { commonProblems, jsonContent, problemResponses, type ResponseObject } from './responses.ts';
import { healthSchema, schemaOf, streamLines } from './schemas.ts';

export type Paths = Readonly<Record<string, Readonly<Record<string, object>>>>;

export function restPaths(routes: readonly Route[]): Paths {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) (paths[route.path] ??= {})[route.method.toLowerCase()] = operationObject(route);
  return paths;
}

function operationObject({ path, operation, query, body }: Route): object {
  const { id, tag, summary, description, result } = operation;
  const takesName = path.includes('{name}');
  const problems: readonly ProblemCode[] = [
    'invalid-input',
    ...(takesName || 'select' in query || 'process' in query ? (['nothing-matched'] as const) : []),
    'not-acceptable',
    ...(body === undefined ? [] : (['not-done', 'too-large', 'unsupported-media-type'] as const)),
    ...commonProblems,
  ];
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    parameters: [
      ...(takesName ? [nameParameter] : []),
      ...Object.entries(query).map(([name, parameter]) => queryParameter(name, parameter)),
      ...(typeof result === 'object' ? [lastEventParameter] : []),
    ],
    ...(body === undefined ? {} : { requestBody: { required: !z.safeParse(body, {}).success, content: jsonContent(schemaOf(body)) } }),
    responses: { '200': success(result), ...problemResponses(problems) },
    ...(result === 'health' ? { security: [{}, { bearer: [] }, { session: [] }] } : {}),
  };
}

const nameParameter = {
  name: 'name',
  in: 'path',
  required: true,
  description: 'A process, an instance such as api:0, an id, a pattern, @namespace, a group, or all; percent-encoded.',
  schema: { type: 'string', minLength: 1, maxLength: 256 },
};

const lastEventParameter = { name: 'Last-Event-ID', in: 'header', description: 'As `after`, and stronger: browsers send it when they come back.', schema: { type: 'string' } };

function queryParameter(name: string, parameter: QueryParameter): object {
  return { name, in: 'query', description: parameter.about, schema: parameterSchema(parameter), ...(isList(parameter) ? { style: 'form', explode: true } : {}) };
}

function isList({ kind }: QueryParameter): boolean {
  return kind === 'texts' || kind === 'words';
}

function parameterSchema(parameter: QueryParameter): object {
  switch (parameter.kind) {
    case 'text':
      return { type: 'string', maxLength: maxTextLength };
    case 'texts':
      return { type: 'array', items: { type: 'string', minLength: 1 } };
    case 'words':
      return { type: 'array', items: { type: 'string', enum: parameter.words } };
    case 'whole':
      return { type: 'integer', minimum: parameter.min, maximum: parameter.max, default: parameter.usual };
    case 'moment':
      return { type: 'number', minimum: 0 };
    case 'flag':
      return { type: 'boolean', default: false };
  }
}

function success(result: Operation['result']): ResponseObject {
  if (typeof result === 'object') {
    return { description: 'The stream.', content: { [linesType]: { schema: schemaOf(streamLines[result.topic]) }, [eventsType]: { schema: { type: 'string' } } } };
  }
  if (result === 'openapi') return { description: 'An OpenAPI 3.1 document.', content: { [jsonType]: { schema: { type: 'object' } } } };
  return { description: 'Done.', content: jsonContent(schemaOf(result === 'health' ? healthSchema : commandOutputs[result])) };
}
