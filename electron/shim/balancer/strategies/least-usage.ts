// least-cpu and least-memory: of two that are drawn at random, with replacement, the one that uses less. Samples are some time
// old; were the least always taken, it would be flooded until the next one (Mitzenmacher, "The power of two choices", 2001).
import type { TargetView } from '../target.ts';
import { at, type Strategy } from './strategy.ts';

/** Who was not sampled yet has just begun and uses little. */
export function leastUsage(usage: (target: TargetView) => number | null, random: () => number): Strategy {
  return (targets) => {
    const draw = () => at(targets, Math.floor(random() * targets.length));
    const [first, second] = [draw(), draw()];
    return (usage(second) ?? 0) < (usage(first) ?? 0) ? second : first;
  };
}
