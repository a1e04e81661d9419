// The seven strategies by name.
import { assertNever } from '../../../../shared/model/assert-never.ts';
import type { BalancingStrategy } from '../../../../shared/model/balancing.ts';
import { ipHash } from './ip-hash.ts';
import { leastConnections } from './least-connections.ts';
import { leastUsage } from './least-usage.ts';
import { randomly } from './random.ts';
import { roundRobin } from './round-robin.ts';
import type { Strategy } from './strategy.ts';
import { weighted } from './weighted.ts';

export type { Strategy };

/** `random` gives 0 ≤ x < 1. */
export function createStrategy(name: BalancingStrategy, random: () => number): Strategy {
  switch (name) {
    case 'round-robin':
      return roundRobin();
    case 'random':
      return randomly(random);
    case 'least-connections':
      return leastConnections();
    case 'least-cpu':
      return leastUsage((target) => target.cpuPercent, random);
    case 'least-memory':
      return leastUsage((target) => target.memoryBytes, random);
    case 'ip-hash':
      return ipHash();
    case 'weighted':
      return weighted();
    default:
      return assertNever(name);
  }
}
