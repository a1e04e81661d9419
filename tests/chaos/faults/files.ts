// Files of the home that somebody removes or damages while TSPM runs.
import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { signal } from '../world.ts';
import { pause, type Fault } from './fault.ts';

const damages = {
  cut: (file: string) => truncateSync(file, Math.floor(readFileSync(file).length / 2)),
  garbage: (file: string) => writeFileSync(file, '{"version": 1, "processes": [{"spec": nonsense\0\0\u0007'),
  empty: (file: string) => writeFileSync(file, ''),
};

export const files: readonly Fault[] = [
  {
    name: 'deleted sockets',
    weight: 3,
    async run({ history, paths }, random) {
      const sockets = random.pick([[paths.controlSocket], [paths.shimSocket], [paths.controlSocket, paths.shimSocket]]);
      // Found to be gone within 5 s, and bound anew.
      const over = history.begin(`rm ${sockets.join(' ')}`, { excuses: ['list'], tailMs: 10_000 });
      for (const socket of sockets) rmSync(socket, { force: true });
      over();
    },
  },
  {
    name: 'damaged state',
    weight: 2,
    async run(world, random) {
      const { history, paths, supervisors } = world;
      const how = random.pick(['cut', 'garbage', 'empty'] as const);
      const over = history.begin(`status.json damaged (${how}), and the supervisor killed`, { excuses: ['list'], tailMs: 8000 });
      try {
        damages[how](paths.status);
      } catch {
        // The disk is full or read-only as well.
      }
      for (const pid of supervisors()) signal(pid, 'SIGKILL');
      await pause(100);
      over();
    },
  },
];
