// CPU and memory of the instances, for the strategies that go by them.
import type { Engine } from '../engine.ts';
import type { Sampler } from '../metrics/sampler.ts';
import { clusterPlan } from './plan.ts';

export interface UsageFeed {
  /** Some cluster that is open goes by it. */
  isWanted(): boolean;
  send(usage: Sampler['usage']): void;
}

export function createUsageFeed(engine: Engine): UsageFeed {
  const members = () =>
    engine.everyInstance().filter(({ spec, pid }) => {
      const strategy = pid === null ? undefined : clusterPlan(spec)?.strategy;
      return strategy === 'least-cpu' || strategy === 'least-memory';
    });
  return {
    isWanted: () => members().length > 0,
    send(usage) {
      const samples = members().flatMap((one) => {
        const found = usage(one.pid);
        return found === undefined ? [] : [{ id: one.hostId, run: one.run, ...found }];
      });
      engine.clusters.feed(samples);
    },
  };
}
