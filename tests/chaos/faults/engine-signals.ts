// Signals to TSPM itself: supervisor, shim, or both at once.
import { signal, type World } from '../world.ts';
import { pause, type Fault } from './fault.ts';
import type { Excuse } from '../history.ts';

interface Target {
  readonly who: string;
  readonly pids: (world: World) => readonly number[];
  /** What its death may cost. A supervisor costs nothing but answers. */
  readonly excuses: readonly Excuse[];
  readonly tailMs: number;
}

const targets: readonly Target[] = [
  { who: 'supervisor', pids: (world) => world.supervisors(), excuses: ['list'], tailMs: 6000 },
  { who: 'shim', pids: (world) => world.shims(), excuses: ['list', 'lines', 'requests', 'end'], tailMs: 15_000 },
  { who: 'both', pids: (world) => [...world.supervisors(), ...world.shims()], excuses: ['list', 'lines', 'requests', 'end'], tailMs: 20_000 },
];

const deadly = (name: 'SIGKILL' | 'SIGTERM', weight: number): readonly Fault[] =>
  targets.map(({ who, pids, excuses, tailMs }) => ({
    name: `${name} ${who}`,
    weight,
    async run(world) {
      const found = pids(world);
      const over = world.history.begin(`${name} to ${who} (${found.join(', ')})`, { excuses, tailMs });
      for (const pid of found) signal(pid, name);
      over();
    },
  }));

const standing = targets.map(
  ({ who, pids, excuses, tailMs }): Fault => ({
    name: `SIGSTOP ${who}`,
    weight: 2,
    async run(world, random) {
      const ms = random.between(300, 4000);
      const found = pids(world);
      // Nothing is lost of what only waits.
      const over = world.history.begin(`SIGSTOP to ${who} (${found.join(', ')}) for ${ms} ms`, { excuses: excuses.filter((one) => one === 'list' || one === 'requests'), tailMs });
      for (const pid of found) signal(pid, 'SIGSTOP');
      await pause(ms);
      for (const pid of found) signal(pid, 'SIGCONT');
      over();
    },
  }),
);

export const engineSignals: readonly Fault[] = [...deadly('SIGKILL', 3), ...deadly('SIGTERM', 1), ...standing];
