// What a route of the REST API is. The same description answers requests and makes the OpenAPI document.
import type * as z from 'zod/mini';
import type { Client } from '../../../shared/client/client.ts';
import type { CommandName } from '../../../shared/contract/commands.ts';
import type { StreamContext, StreamMessage, TopicName } from '../../../shared/contract/topics.ts';
import type { Service } from '../service.ts';
import { HttpProblem } from './problem.ts';
import type { QueryTable, QueryValues } from './query.ts';

export const jsonType = 'application/json';
export const eventsType = 'text/event-stream';
export const linesType = 'application/x-ndjson';

export interface Operation {
  /** Unique over all routes. */
  readonly id: string;
  readonly tag: 'processes' | 'engine' | 'streams';
  readonly summary: string;
  readonly description?: string;
  /** The answer: what this command gives, or the messages of this topic, or a document of its own. */
  readonly result: CommandName | 'health' | 'openapi' | { readonly topic: Extract<TopicName, 'events' | 'logs'> };
}

export interface JsonAnswer {
  readonly kind: 'json';
  readonly value: unknown;
}

/** Already text; `etag` spares the transfer when the caller has it. */
export interface DocumentAnswer {
  readonly kind: 'document';
  readonly text: string;
  readonly etag: string;
}

export interface StreamAnswer {
  readonly kind: 'stream';
  readonly open: (context: StreamContext) => AsyncIterable<StreamMessage<unknown, unknown>>;
  /** What a change is called. */
  readonly nameOf: (change: unknown) => string;
  /** The position after which it goes on, when the request names none itself. */
  readonly after: string | null;
  /** For callers that take anything. */
  readonly usual: typeof eventsType | typeof linesType;
}

export type Answer = JsonAnswer | DocumentAnswer | StreamAnswer;

export interface RouteRequest<Query extends QueryTable, Body> {
  /** From the path, decoded and checked; empty where the path has none. */
  readonly name: string;
  readonly query: QueryValues<Query>;
  readonly body: Body;
  readonly client: Client;
  readonly service: Service;
  /** Aborted when the caller has gone away. */
  readonly signal: AbortSignal;
}

export interface RouteDefinition<Query extends QueryTable, Body extends z.ZodMiniType> {
  readonly method: 'GET' | 'POST';
  /** For example `/v1/processes/{name}`; the one variable there may be is called `name`. */
  readonly path: string;
  readonly operation: Operation;
  readonly query: Query;
  /** Only of POST; a request without a body means `{}`. */
  readonly body?: Body;
  readonly answer: (request: RouteRequest<Query, z.infer<Body>>) => Promise<Answer>;
}

/** A route with its types closed over. */
export type Route = RouteDefinition<QueryTable, z.ZodMiniType>;

export function defineRoute<const Query extends QueryTable, Body extends z.ZodMiniType>(definition: RouteDefinition<Query, Body>): Route {
  // The dispatcher reads query and body by the tables of this very definition.
  return definition as unknown as Route;
}

const maxName = 256;

/** The variable part of the path, '' without any; null when the path is another one. Throws an HttpProblem for a name that cannot be one. */
export function matchPath(pattern: string, path: string): string | null {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length || !wanted.every((part, index) => (part === '{name}' ? given[index] !== '' : part === given[index]))) return null;
  const at = wanted.indexOf('{name}');
  return at < 0 ? '' : decodeName(given[at] ?? '');
}

/** A selector: see shared/contract/selectors.ts. No path and no control character gets in, however it is written. */
function decodeName(text: string): string {
  let name: string;
  try {
    name = decodeURIComponent(text);
  } catch {
    throw new HttpProblem('invalid-input', 'The name in the path is not percent-encoded UTF-8.');
  }
  if (name.length > maxName) throw new HttpProblem('invalid-input', `The name in the path has at most ${maxName} characters.`);
  if (name === '.' || name === '..' || /[\u0000-\u001F\u007F-\u009F/\\]/.test(name)) {
    throw new HttpProblem('invalid-input', 'The name in the path is a process, an instance such as api:0, an id, @namespace or a pattern; it has no slashes and no control characters.');
  }
  return name;
}
