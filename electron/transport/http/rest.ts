// The REST API: finds the route, reads the request by the route's description, and writes the answer.
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod/mini';
import { createClient } from '../../../shared/client/client.ts';
import { assertNever } from '../../../shared/model/assert-never.ts';
import { createLocalTransport } from '../local-transport.ts';
import { chooseType } from './accept.ts';
import type { ApiParts } from './api-parts.ts';
import { readJson } from './body.ts';
import { HttpProblem, sendProblem, toHttpProblem } from './problem.ts';
import { readQuery } from './query.ts';
import { eventsType, jsonType, linesType, matchPath, type Answer, type Route } from './route.ts';
import { routes } from './routes/index.ts';
import { sendStream } from './stream-response.ts';

export async function answerRest(request: IncomingMessage, response: ServerResponse, parts: ApiParts): Promise<void> {
  const url = request.url ?? '';
  try {
    await respond(request, response, parts);
  } catch (error) {
    if (toHttpProblem(error).code === 'internal') parts.log(`${request.method ?? ''} ${url.split('?')[0] ?? ''}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    sendProblem(response, error, url);
  }
}

async function respond(request: IncomingMessage, response: ServerResponse, { service: coming, maxBody }: ApiParts): Promise<void> {
  const [path = '', ...queryParts] = (request.url ?? '').split('?');
  const { route, name } = findRoute(request.method ?? '', path, response);
  if (route === null) return;
  checkAccept(request, route);
  const query = readQuery(route.query, new URLSearchParams(queryParts.join('?')));
  const body = route.method === 'POST' ? await readBody(request, route, maxBody) : undefined;
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const service = await coming;
  const client = createClient(createLocalTransport(service));
  const answer = await route.answer({ name, query, body, client, service, signal: gone.signal });
  if (!response.destroyed) await write(request, response, answer, gone.signal);
}

/** `route` null: it was OPTIONS, and is answered. Throws an HttpProblem for a path or a method that does not exist. */
function findRoute(method: string, path: string, response: ServerResponse): { readonly route: Route | null; readonly name: string } {
  const found = routes.flatMap((route) => {
    const name = matchPath(route.path, path);
    return name === null ? [] : [{ route, name }];
  });
  if (found.length === 0) {
    throw new HttpProblem('not-found', `There is nothing at ${JSON.stringify(path.slice(0, 256))}. See /v1/openapi.json.`, { members: { available: routes.map((route) => `${route.method} ${route.path}`) } });
  }
  const one = found.find(({ route }) => route.method === (method === 'HEAD' ? 'GET' : method));
  if (one !== undefined) return one;
  const allow = [...new Set([...found.flatMap(({ route }) => (route.method === 'GET' ? ['GET', 'HEAD'] : [route.method])), 'OPTIONS'])].join(', ');
  if (method !== 'OPTIONS') throw new HttpProblem('method-not-allowed', `${path.slice(0, 256)} knows ${allow}, not ${method}.`, { headers: { allow } });
  response.writeHead(204, { allow }).end();
  return { route: null, name: '' };
}

async function readBody(request: IncomingMessage, route: Route, maxBody: number): Promise<unknown> {
  const { 'content-type': type, 'content-length': length, 'transfer-encoding': encoding } = request.headers;
  const hasBody = encoding !== undefined || (length !== undefined && length !== '0');
  if (hasBody && !/^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(type ?? '')) {
    throw new HttpProblem('unsupported-media-type', 'A body is JSON here: content-type: application/json.', { headers: { accept: jsonType } });
  }
  const value = await readJson(request, maxBody);
  if (route.body === undefined) return undefined;
  const parsed = z.safeParse(route.body, value);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.slice(0, 20);
  const places = [...new Set(issues.map((issue) => (issue.code === 'unrecognized_keys' ? issue.keys.join(', ') : issue.path.join('.') || 'the top')))];
  throw new HttpProblem('invalid-input', `The body is not valid at ${places.join(', ').slice(0, 256)}. ${route.operation.description ?? ''}`.trim(), { members: { issues } });
}

/** Before anything is done: a change whose answer nobody can take does not happen. */
function checkAccept({ headers }: IncomingMessage, { operation }: Route): void {
  if (typeof operation.result === 'object') chooseType(headers.accept, [linesType, eventsType]);
  else chooseType(headers.accept, [jsonType]);
}

async function write(request: IncomingMessage, response: ServerResponse, answer: Answer, signal: AbortSignal): Promise<void> {
  const headOnly = request.method === 'HEAD';
  switch (answer.kind) {
    case 'json':
      return sendText(response, 200, `${JSON.stringify(answer.value)}\n`, headOnly, { 'cache-control': 'no-store' });
    case 'document': {
      const caching = { etag: answer.etag, 'cache-control': 'no-cache' };
      if (request.headers['if-none-match'] === answer.etag) return void response.writeHead(304, caching).end();
      return sendText(response, 200, answer.text, headOnly, caching);
    }
    case 'stream': {
      const other = answer.usual === eventsType ? linesType : eventsType;
      const type = chooseType(request.headers.accept, [answer.usual, other]);
      if (headOnly) return void response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end();
      const last = request.headers['last-event-id'];
      // The browser's own resumption knows more than the address it was opened with.
      const after = typeof last === 'string' && last !== '' ? last : answer.after;
      return await sendStream(response, type, answer.open({ after, signal }), answer.nameOf);
    }
    default:
      assertNever(answer);
  }
}

function sendText(response: ServerResponse, status: number, text: string, headOnly: boolean, headers: Readonly<Record<string, string>>): void {
  response.writeHead(status, { 'content-type': jsonType, 'content-length': Buffer.byteLength(text), ...headers });
  response.end(headOnly ? undefined : text);
}
