// Requests to clusters fail only while a fault explains it.
import type { Invariant } from './invariant.ts';

export const requests: Invariant = {
  name: 'requests',
  after({ history }, { load }) {
    for (const { service, from, to, why } of load.failed) {
      if (!history.isExcused('requests', { from, to }, service)) history.violated('requests', `a request to ${service} failed at ${history.timeOf(from)} after ${to - from} ms: ${why}`);
    }
  },
};
