// Nothing running → 100 idle processes online, the manager's own start included; then all of them stopped.
import type { BenchContext, Figure } from '../figure.ts';
import { hundredServices, type Manager } from '../manager.ts';
import { createPm2 } from '../pm2.ts';
import { ratioRow } from '../row.ts';
import { samples } from '../stats.ts';
import { createTspm } from '../tspm.ts';

const runs = 5;

export const startStopFigure: Figure = {
  name: 'start',
  about: 'From nothing running to 100 services online, and from those to none.',
  async measure({ programs, note }) {
    const start = { TSPM: samples('ms'), PM2: samples('ms') };
    const stop = { TSPM: samples('ms'), PM2: samples('ms') };
    for (let run = 0; run < runs; run++) {
      for (const create of [createTspm, createPm2]) {
        const manager = create();
        const [startMs, stopMs] = await cycle(manager, programs);
        start[manager.name].values.push(startMs);
        stop[manager.name].values.push(stopMs);
      }
      note(`start and stop ${run + 1}/${runs}`);
    }
    return [
      ratioRow({ figure: 'nothing running → 100 online', tspm: start.TSPM, pm2: start.PM2, limit: 0.5, against: 'pm2', called: 'PM2', ifMissed: 'three starts of Node and 100 forks are most of it' }),
      ratioRow({ figure: 'stop all 100', tspm: stop.TSPM, pm2: stop.PM2, limit: 0.1, against: 'pm2', called: 'PM2', ifMissed: 'the start of Node for the command is most of it' }),
    ];
  },
};

async function cycle(manager: Manager, programs: BenchContext['programs']): Promise<readonly [startMs: number, stopMs: number]> {
  try {
    manager.configure(hundredServices(programs.idle));
    const startMs = manager.start();
    expectOnline(manager, 100);
    const stopMs = manager.stopAll();
    expectOnline(manager, 0);
    return [startMs, stopMs];
  } finally {
    await manager.close();
  }
}

function expectOnline(manager: Manager, expected: number): void {
  const online = manager.onlineCount();
  if (online !== expected) throw new Error(`${manager.name} came back with ${online} processes online instead of ${expected}`);
}
