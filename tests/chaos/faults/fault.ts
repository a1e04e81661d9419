// What a fault is. It says to the history when it begins and ends, and leaves nothing broken behind.
import type { Random } from '../random.ts';
import type { World } from '../world.ts';

export interface Fault {
  readonly name: string;
  /** How often it is chosen, beside the others. */
  readonly weight: number;
  /** Why it cannot be had here; null when it can. */
  readonly missing?: (world: World) => string | null;
  run(world: World, random: Random): Promise<void>;
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
