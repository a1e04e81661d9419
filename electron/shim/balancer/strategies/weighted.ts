// Smooth weighted round-robin, as in nginx: in any run of (sum of weights) choices each instance is chosen as often as its weight
// says, and the choices of one instance are spread out.
import type { Strategy } from './strategy.ts';

export function weighted(): Strategy {
  /** By the number of the instance. */
  const credits = new Map<number, number>();
  return (targets) => {
    let total = 0;
    let chosen = targets[0];
    let most = Number.NEGATIVE_INFINITY;
    for (const target of targets) {
      const credit = (credits.get(target.instance) ?? 0) + target.weight;
      credits.set(target.instance, credit);
      total += target.weight;
      if (credit > most) [chosen, most] = [target, credit];
    }
    if (chosen === undefined) throw new RangeError('there is no instance to choose from');
    credits.set(chosen.instance, most - total);
    return chosen;
  };
}
