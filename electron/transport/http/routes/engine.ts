// The engine itself, its clusters and its measurements.
import { defineRoute, type Route } from '../route.ts';

const status = defineRoute({
  method: 'GET',
  path: '/v1/status',
  operation: { id: 'getStatus', tag: 'engine', summary: 'The engine: version, owner, counts, notices', result: 'status' },
  query: {},
  answer: async ({ client, signal }) => ({ kind: 'json', value: await client.call('status', {}, { signal }) }),
});

const health = defineRoute({
  method: 'GET',
  path: '/v1/healthz',
  operation: {
    id: 'getHealth',
    tag: 'engine',
    summary: 'Whether the engine lives',
    description: 'Answered without a key too, but then without version and contract.',
    result: 'health',
  },
  query: {},
  answer: async ({ service: { capabilities } }) => ({ kind: 'json', value: { status: 'ok', version: capabilities.version, contract: capabilities.contract } }),
});

const clusters = defineRoute({
  method: 'GET',
  path: '/v1/clusters',
  operation: { id: 'listClusters', tag: 'engine', summary: 'Clusters, and what each of their instances gets', result: 'clusters' },
  query: { select: { kind: 'texts', about: 'processes, as in /v1/processes' } },
  answer: async ({ query: { select }, client, signal }) => ({ kind: 'json', value: await client.call('clusters', select.length === 0 ? {} : { selectors: [...select] }, { signal }) }),
});

const cluster = defineRoute({
  method: 'GET',
  path: '/v1/clusters/{name}',
  operation: { id: 'getCluster', tag: 'engine', summary: 'Those of one process or selection', result: 'clusters' },
  query: {},
  answer: async ({ name, client, signal }) => ({ kind: 'json', value: await client.call('clusters', { selectors: [name] }, { signal }) }),
});

const metrics = defineRoute({
  method: 'GET',
  path: '/v1/metrics/history',
  operation: { id: 'getMetricsHistory', tag: 'engine', summary: 'CPU and memory of the last ten minutes', result: 'metricsHistory' },
  query: {
    process: { kind: 'texts', about: 'processes, as in /v1/processes; without any, all' },
    since: { kind: 'moment', about: 'only what was measured after this moment, in milliseconds since the epoch' },
  },
  async answer({ query: { process, since }, client, signal }) {
    const input = { ...(process.length === 0 ? {} : { selectors: [...process] }), ...(since === null ? {} : { since }) };
    return { kind: 'json', value: await client.call('metricsHistory', input, { signal }) };
  },
});

export const engineRoutes: readonly Route[] = [status, health, clusters, cluster, metrics];
