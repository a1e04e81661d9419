// Any of them, with equal chances.
import { at, type Strategy } from './strategy.ts';

export function randomly(random: () => number): Strategy {
  return (targets) => at(targets, Math.floor(random() * targets.length));
}
