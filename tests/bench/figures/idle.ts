// What a manager costs while 100 services idle: memory, and processor time over a minute. Both managers at once, over the
// same windows.
import { pause, until } from '../command.ts';
import type { Figure } from '../figure.ts';
import { hundredServices, type Manager } from '../manager.ts';
import { createPm2 } from '../pm2.ts';
import { processorTime, proportionalMemory, residentMemory } from '../procfs.ts';
import { comparisonRow, limitRow, ratioRow } from '../row.ts';
import { samples } from '../stats.ts';
import { createTspm } from '../tspm.ts';

const windows = 5;
/** What the start has stirred up has settled by then. */
const settleMs = 20_000;

export const idleFigure: Figure = {
  name: 'idle',
  about: 'What the manager costs while 100 services idle.',
  async measure({ programs, quick, note }) {
    const windowMs = quick ? 10_000 : 60_000;
    const managers = [createTspm(), createPm2()] as const;
    const pss = { TSPM: samples('MB'), PM2: samples('MB') };
    const rss = { TSPM: samples('MB'), PM2: samples('MB') };
    const cpu = { TSPM: samples('%'), PM2: samples('%') };
    try {
      for (const manager of managers) {
        manager.configure(hundredServices(programs.idle));
        manager.start();
        await until(`100 processes online under ${manager.name}`, () => manager.onlineCount() === 100);
      }
      const pids = new Map(managers.map((manager) => [manager.name, manager.ownPids()]));
      const sum = (name: Manager['name'], of: (pid: number) => number): number => (pids.get(name) ?? []).reduce((total, pid) => total + of(pid), 0);
      await pause(settleMs);
      for (let window = 0; window < windows; window++) {
        const before = { TSPM: sum('TSPM', processorTime), PM2: sum('PM2', processorTime) };
        const begin = performance.now();
        await pause(windowMs);
        const elapsedMs = performance.now() - begin;
        for (const name of ['TSPM', 'PM2'] as const) {
          cpu[name].values.push((100 * (sum(name, processorTime) - before[name])) / elapsedMs);
          pss[name].values.push(sum(name, proportionalMemory));
          rss[name].values.push(sum(name, residentMemory));
        }
        note(`idle ${window + 1}/${windows}`);
      }
    } finally {
      for (const manager of managers) await manager.close();
    }
    return [
      ratioRow({ figure: 'PSS with 100 idle services: supervisor + shim, PM2 its daemon', tspm: pss.TSPM, pm2: pss.PM2, limit: 1.5, against: 'pm2', called: 'PM2', ifMissed: 'two Node processes instead of one, each with a heap of its own' }),
      comparisonRow({ figure: 'RSS of the same (pages shared by both count twice)', tspm: rss.TSPM, pm2: rss.PM2 }),
      limitRow({ figure: `CPU with 100 idle services over ${windowMs / 1000} s, share of a core`, tspm: cpu.TSPM, pm2: cpu.PM2, limit: 0.3, ifMissed: 'the metrics of 100 processes are read every 10 s' }),
    ];
  },
};
