// `list` with 100 processes, against the start of Node and against `pm2 ls`.
import { cleanEnvironment, timed, until } from '../command.ts';
import type { Figure } from '../figure.ts';
import { hundredServices } from '../manager.ts';
import { createPm2 } from '../pm2.ts';
import { ratioRow } from '../row.ts';
import { samples } from '../stats.ts';
import { createTspm } from '../tspm.ts';

const runs = 15;

export const listFigure: Figure = {
  name: 'list',
  about: 'The `list` command with 100 processes running.',
  async measure({ programs, note }) {
    const managers = [createTspm(), createPm2()] as const;
    const [tspm, pm2] = managers;
    const times = { node: samples('ms'), tspm: samples('ms'), pm2: samples('ms') };
    try {
      for (const manager of managers) {
        manager.configure(hundredServices(programs.idle));
        manager.start();
        await until(`100 processes online under ${manager.name}`, () => manager.onlineCount() === 100);
        manager.list();
      }
      for (let run = 0; run < runs; run++) {
        times.node.values.push(timed(process.execPath, ['-e', '0'], cleanEnvironment({})));
        times.tspm.values.push(tspm.list());
        times.pm2.values.push(pm2.list());
        note(`list ${run + 1}/${runs}`);
      }
    } finally {
      for (const manager of managers) await manager.close();
    }
    const measured = { tspm: times.tspm, baseline: times.node, pm2: times.pm2 };
    return [
      ratioRow({ figure: '`list`, 100 processes, against `node -e 0`', ...measured, limit: 1.5, against: 'baseline', called: '`node -e 0`', ifMissed: 'loading the bundle and asking the engine take the rest' }),
      ratioRow({ figure: '`list`, 100 processes, against `pm2 ls`', ...measured, limit: 0.45, against: 'pm2', called: '`pm2 ls`', ifMissed: 'the start of Node is most of it' }),
    ];
  },
};
