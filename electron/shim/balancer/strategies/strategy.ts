// What a strategy is: it chooses one of the instances that are ready.
import type { TargetView } from '../target.ts';

/**
 * Chooses for a client, which is known by its address. There are at least two `targets`, in the order of their numbers. A strategy may
 * remember what it chose; it never remembers a target, because they come and go.
 */
export type Strategy = <Target extends TargetView>(targets: readonly Target[], client: string) => Target;

/** The element at an index that is known to be in range. */
export function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[index];
  if (item === undefined) throw new RangeError(`there is no instance ${index} of ${items.length}`);
  return item;
}

/** The first of those with the least value. */
export function least<Item>(items: readonly Item[], value: (item: Item) => number): Item {
  return items.reduce((best, one) => (value(one) < value(best) ? one : best));
}
