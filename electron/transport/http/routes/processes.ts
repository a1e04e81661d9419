// Processes: looking at them, and bringing them up and down.
import * as z from 'zod/mini';
import { instanceChangeSchema } from '../../../../shared/contract/commands.ts';
import type { Outcome } from '../../../../shared/contract/outcomes.ts';
import { maxInstances } from '../../../../shared/model/limits.ts';
import { HttpProblem } from '../problem.ts';
import { defineRoute, type JsonAnswer, type Route } from '../route.ts';

/** `wait`: answer when the processes have arrived, or have failed to; otherwise at once. */
export const actionBody = z.strictObject({ wait: z._default(z.boolean(), true) });

export const scaleBody = z.strictObject({
  instances: z.union([z.int().check(z.minimum(1), z.maximum(maxInstances)), instanceChangeSchema]),
  wait: z._default(z.boolean(), true),
});

const waiting = 'The body is { "wait": true } or nothing; with false the answer does not wait until the processes have arrived.';
const failing = 'When a process fails, the answer is a problem with code not-done (409) and all outcomes in it.';

const list = defineRoute({
  method: 'GET',
  path: '/v1/processes',
  operation: { id: 'listProcesses', tag: 'processes', summary: 'All instances, or those that are selected', result: 'list' },
  query: { select: { kind: 'texts', about: 'name, name:instance, id, pattern, @namespace, group or all; several times for several' } },
  async answer({ query: { select }, client, signal }) {
    return json(await client.call('list', select.length === 0 ? {} : { selectors: [...select] }, { signal }));
  },
});

const describe = defineRoute({
  method: 'GET',
  path: '/v1/processes/{name}',
  operation: { id: 'describeProcess', tag: 'processes', summary: 'Everything about the instances of a process', result: 'describe' },
  query: {},
  answer: async ({ name, client, signal }) => json(await client.call('describe', { selectors: [name] }, { signal })),
});

const stop = defineRoute({
  method: 'POST',
  path: '/v1/processes/{name}/stop',
  operation: { id: 'stopProcess', tag: 'processes', summary: 'Stop it', description: `The body is empty. ${failing}`, result: 'stop' },
  query: {},
  body: z.strictObject({}),
  answer: async ({ name, client, signal }) => done(await client.call('stop', { selectors: [name] }, { signal })),
});

const bringUps = [
  { path: 'start', command: 'resume', summary: 'Start it, when it does not run' },
  { path: 'restart', command: 'restart', summary: 'Stop and start it, with its config as it is now' },
  { path: 'reload', command: 'reload', summary: 'Replace its instances one after the other, without a gap where there is a port' },
] as const;

const scale = defineRoute({
  method: 'POST',
  path: '/v1/processes/{name}/scale',
  operation: {
    id: 'scaleProcess',
    tag: 'processes',
    summary: 'More or fewer instances; the name is that of one process',
    description: `The body is { "instances": 4 }, { "instances": { "by": -1 } } or { "instances": "max" }, for one per processor core; "wait": false does not wait. ${failing}`,
    result: 'scale',
  },
  query: {},
  body: scaleBody,
  async answer({ name, body, client, signal }) {
    const { instances, wait } = body;
    return done(await client.call('scale', { name, instances: typeof instances === 'number' ? { to: instances } : instances, wait }, { signal }));
  },
});

export const processRoutes: readonly Route[] = [
  list,
  describe,
  stop,
  ...bringUps.map(({ path, command, summary }) =>
    defineRoute({
      method: 'POST',
      path: `/v1/processes/{name}/${path}`,
      operation: { id: `${path}Process`, tag: 'processes', summary, description: `${waiting} ${failing}`, result: command },
      query: {},
      body: actionBody,
      answer: async ({ name, body: { wait }, client, signal }) => done(await client.call(command, { selectors: [name], wait }, { signal })),
    }),
  ),
  scale,
];

function json(value: unknown): JsonAnswer {
  return { kind: 'json', value };
}

/** Throws an HttpProblem `not-done` when one of them failed. */
function done(outcomes: readonly Outcome[]): JsonAnswer {
  const failed = outcomes.filter(({ action }) => action === 'failed');
  const [first] = failed;
  if (first === undefined) return json(outcomes);
  const rest = failed.length === 1 ? '' : ` (and ${failed.length - 1} more)`;
  throw new HttpProblem('not-done', `${first.name}:${first.instance}: ${first.message}${rest}`, { members: { outcomes } });
}
