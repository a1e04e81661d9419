// Supervisor and shim hold about as much as they did before the first fault.
import { countDescriptors, describeDescriptors } from '../procfs.ts';
import type { World } from '../world.ts';
import type { Descriptors, Invariant } from './invariant.ts';

/**
 * A few connections are always open. The shim keeps the four ends of an instance's pipes for a minute after it has gone: those of the second
 * place that each has for a reload, and of what was scaled away.
 */
const tolerated: Descriptors = { supervisor: 30, shim: 30 + 4 * 16 };

export const descriptors: Invariant = {
  name: 'descriptors',
  after(world, outcome) {
    const now = countAll(world);
    for (const who of ['supervisor', 'shim'] as const) {
      if (now[who] > outcome.descriptors[who] + tolerated[who]) world.history.violated('descriptors', `the ${who} had ${outcome.descriptors[who]} descriptors open, and has ${now[who]} now: ${pidsOf(world, who).map(describeDescriptors).join('; ')}`);
    }
  },
};

export function countAll(world: World): Descriptors {
  const sum = (who: keyof Descriptors): number => pidsOf(world, who).reduce((total, pid) => total + (countDescriptors(pid) ?? 0), 0);
  return { supervisor: sum('supervisor'), shim: sum('shim') };
}

function pidsOf(world: World, who: keyof Descriptors): readonly number[] {
  return who === 'shim' ? world.shims() : world.supervisors();
}
