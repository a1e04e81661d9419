// One after the other.
import { at, type Strategy } from './strategy.ts';

/** Goes by the number of the instance chosen last, so that one that comes or goes disturbs nobody's turn. */
export function roundRobin(): Strategy {
  let last = -1;
  return (targets) => {
    const chosen = targets.find((one) => one.instance > last) ?? at(targets, 0);
    last = chosen.instance;
    return chosen;
  };
}
