// All faults, and how one of them is chosen.
import type { Random } from '../random.ts';
import type { World } from '../world.ts';
import { clock } from './clock.ts';
import { disk } from './disk.ts';
import { engineSignals } from './engine-signals.ts';
import type { Fault } from './fault.ts';
import { files } from './files.ts';
import { limits } from './limits.ts';
import { serviceSignals } from './service-signals.ts';

const all: readonly Fault[] = [...engineSignals, ...serviceSignals, ...disk, ...limits, ...files, clock];

/** Those that can be had here and are not left out on purpose; the others are named with the reason. */
export function availableFaults(world: World, without: readonly string[]): readonly Fault[] {
  return all.filter((fault) => {
    const reason = without.includes(fault.name) ? 'it is not wanted' : (fault.missing?.(world) ?? null);
    if (reason !== null) world.history.note(`skipped: ${fault.name}, because ${reason}`);
    return reason === null;
  });
}

export function chooseFault(faults: readonly Fault[], random: Random): Fault {
  return random.pick(faults.flatMap((fault) => Array.from({ length: fault.weight }, () => fault)));
}
