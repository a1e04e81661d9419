// Signals to a service that comes to mind: it crashes, ends, or stands still for a while.
import { findLeaders } from '../procfs.ts';
import { signal } from '../world.ts';
import { pause, type Fault } from './fault.ts';

const fault = (name: NodeJS.Signals, weight: number): Fault => ({
  name: `${name} service`,
  weight,
  async run(world, random) {
    const leaders = [...findLeaders(world.homeId)].sort((a, b) => a.key.localeCompare(b.key));
    const share = random.next();
    const ms = random.between(300, 2500);
    const chosen = leaders[Math.floor(share * leaders.length)];
    if (chosen === undefined) return;
    const service = chosen.key.split(':')[0] ?? '';
    const over = world.history.begin(`${name} to ${chosen.key} (${chosen.pid})`, { excuses: ['requests', 'list', 'end'], service, tailMs: 5000 });
    signal(chosen.pid, name);
    if (name === 'SIGSTOP') {
      await pause(ms);
      signal(chosen.pid, 'SIGCONT');
    }
    over();
  },
});

export const serviceSignals: readonly Fault[] = [fault('SIGKILL', 5), fault('SIGTERM', 2), fault('SIGSTOP', 2)];
