// The OpenAPI document: valid by a public validator, complete, and true of what an engine really answers.
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { openApiDocument } from '../../electron/transport/http/openapi/document.ts';
import { routes } from '../../electron/transport/http/routes/index.ts';
import { commandInputs } from '../../shared/contract/commands.ts';
import { topicInputs } from '../../shared/contract/topic-inputs.ts';
import { ask } from '../helpers/ask.ts';
import { hostedHome } from '../helpers/hosted-home.ts';
import { openStream, parseLines } from '../helpers/open-stream.ts';
import { makeSpec } from '../helpers/specs.ts';
import { waitFor } from '../helpers/wait-for.ts';

interface Operation {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { readonly schema: object }>> }>>;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

const document = openApiDocument(routes) as Document;
const operations = Object.values(document.paths).flatMap((path) => Object.values(path));

it('is valid OpenAPI 3.1', async () => {
  const validator = new Validator();
  const result = await validator.validate(structuredClone(document) as unknown as Record<string, unknown>);
  expect(result).toEqual({ valid: true });
  expect(validator.version).toBe('3.1');
});

it('has every route, command and topic, each once', () => {
  const described = Object.entries(document.paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`));
  const wanted = [
    ...routes.map((route) => `${route.method} ${route.path}`),
    ...Object.keys(commandInputs).map((name) => `POST /v1/commands/${name}`),
    ...Object.keys(topicInputs).map((name) => `POST /v1/subscriptions/${name}`),
    'GET /v1/session',
    'POST /v1/session',
    'DELETE /v1/session',
    'GET /v1/channel',
  ];
  expect([...described].sort()).toEqual([...wanted].sort());
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
});

it('points to schemas that exist, and defines none that nobody needs', () => {
  const text = JSON.stringify(document);
  const used = new Set([...text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name));
  const defined = Object.keys(document.components.schemas);
  expect([...used].filter((name) => !defined.includes(name ?? ''))).toEqual([]);
  expect(defined.filter((name) => !used.has(name))).toEqual([]);
});

/** Whether `value` is as the document says of this operation. */
function createCheck() {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  ajv.addSchema({ $id: 'document', ...document });
  return (value: unknown, path: string, method: string, status: number, type: string): void => {
    const pointer = ['paths', path, method, 'responses', String(status), 'content', type, 'schema'].map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1')).join('/');
    const validate = ajv.getSchema(`document#/${encodeURI(pointer)}`);
    if (validate === undefined) throw new Error(`the document says nothing of ${method} ${path} ${status} ${type}`);
    expect(validate(value), `${method} ${path} ${status}: ${JSON.stringify(validate.errors?.slice(0, 3))} ${JSON.stringify(value).slice(0, 300)}`).toBe(true);
  };
}

it('is true of what a real engine answers', async () => {
  const host = await hostedHome();
  const place = { socketPath: host.paths.controlSocket };
  const check = createCheck();
  const served = makeSpec({ name: 'web', port: null, instances: 2, args: ['-e', 'console.log("hello"); setInterval(() => {}, 1000)'] });
  await host.start(served);

  for (const path of ['/v1/processes', '/v1/status', '/v1/healthz', '/v1/clusters', '/v1/metrics/history', '/v1/openapi.json']) {
    check((await ask(place, { path })).json(), path, 'get', 200, 'application/json');
  }
  check((await ask(place, { path: '/v1/processes/web' })).json(), '/v1/processes/{name}', 'get', 200, 'application/json');
  for (const [action, body] of [['restart', { wait: true }], ['reload', {}], ['scale', { instances: 3 }], ['stop', {}], ['start', {}]] as const) {
    const heard = await ask(place, { method: 'POST', path: `/v1/processes/web/${action}`, body });
    check(heard.json(), `/v1/processes/{name}/${action}`, 'post', 200, 'application/json');
  }
  check((await ask(place, { path: '/v1/processes/none' })).json(), '/v1/processes/{name}', 'get', 404, 'application/problem+json');
  check((await ask(place, { path: '/v1/processes', headers: { accept: 'text/html' } })).json(), '/v1/processes', 'get', 406, 'application/problem+json');

  const logs = parseLines((await ask(place, { path: '/v1/processes/web/logs' })).text);
  expect(logs.map(({ event }) => event)).toEqual(expect.arrayContaining(['snapshot', 'entries', 'end']));
  for (const line of logs) check(line, '/v1/processes/{name}/logs', 'get', 200, 'application/x-ndjson');

  const events = await openStream(place, '/v1/events', { accept: 'application/x-ndjson' });
  await host.client.call('restart', { selectors: ['web'], wait: true });
  await host.client.call('delete', { selectors: ['web'] });
  await waitFor(() => ['snapshot', 'process.changed', 'process.exited', 'process.removed'].every((wanted) => parseLines(events.text()).some(({ event }) => event === wanted)), { what: 'every kind of event' });
  for (const line of parseLines(events.text())) check(line, '/v1/events', 'get', 200, 'application/x-ndjson');

  for (const name of ['status', 'list', 'clusters', 'metricsHistory'] as const) {
    const heard = await ask(place, { method: 'POST', path: `/v1/commands/${name}`, body: {} });
    for (const line of heard.text.trim().split('\n')) check(JSON.parse(line), `/v1/commands/${name}`, 'post', 200, 'application/x-ndjson');
  }
});

it('notices an answer that is not as described', () => {
  const check = createCheck();
  expect(() => check({ status: 'ill' }, '/v1/healthz', 'get', 200, 'application/json')).toThrow('status');
});

it('is served once made, and not twice to whoever has it', async () => {
  const host = await hostedHome();
  const place = { socketPath: host.paths.controlSocket };
  const heard = await ask(place, { path: '/v1/openapi.json' });
  expect(heard.json()).toMatchObject({ openapi: '3.1.0' });
  const again = await ask(place, { path: '/v1/openapi.json', headers: { 'if-none-match': heard.headers.etag ?? '' } });
  expect(again).toMatchObject({ status: 304, text: '' });
});
