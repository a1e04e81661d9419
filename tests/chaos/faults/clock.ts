// Somebody sets the clock, back or forward, and later back to what it was. It excuses nothing.
import { pause, type Fault } from './fault.ts';

const hour = 3_600_000;

export const clock: Fault = {
  name: 'clock step',
  weight: 2,
  async run({ history, programs }, random) {
    const byMs = random.pick([-24 * hour, -hour, -60_000, 60_000, hour, 24 * hour]);
    const ms = random.between(1000, 6000);
    const over = history.begin(`the clock is set by ${byMs / 60_000} min for ${ms} ms`, { excuses: [] });
    programs.setClock(byMs);
    await pause(ms);
    programs.setClock(0);
    over();
  },
};
