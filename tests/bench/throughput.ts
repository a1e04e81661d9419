// What the balancer figure has measured: runs of wrk by contestant and by what becomes of connections.
import type { Connections, WrkRun } from './wrk.ts';

export const contestants = ['direct', 'handoff', 'pm2', 'cluster-rr', 'shared', 'cluster-none', 'tcp', 'haproxy', 'http', 'nginx'] as const;
export type Contestant = (typeof contestants)[number];

export interface Throughput {
  add(contestant: Contestant, connections: Connections, run: WrkRun): void;
  /** Empty when it did not take part. */
  of(contestant: Contestant, connections?: Connections): readonly WrkRun[];
}

export function createThroughput(): Throughput {
  const entries: { readonly contestant: Contestant; readonly connections: Connections; readonly run: WrkRun }[] = [];
  return {
    add: (contestant, connections, run) => void entries.push({ contestant, connections, run }),
    of: (contestant, connections) => entries.filter((one) => one.contestant === contestant && (connections ?? one.connections) === one.connections).map(({ run }) => run),
  };
}
