// A child dies → its replacement runs: from right before the kill to the first act of the new child, so that fork and
// exec are in it. No delay by policy; a tiny static C program as the child.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { openBirthRegister, type BirthRegister } from '../birth-register.ts';
import { cleanEnvironment, pause } from '../command.ts';
import type { BenchContext, Figure } from '../figure.ts';
import { service, type Manager } from '../manager.ts';
import { createPm2 } from '../pm2.ts';
import { limitRow } from '../row.ts';
import { samples } from '../stats.ts';
import { createTspm } from '../tspm.ts';

const kills = 40;
/** The manager comes to rest between two kills, as it would between two crashes. */
const restMs = 150;

interface Contestant {
  readonly register: BirthRegister;
  pid: number;
  close(): Promise<void>;
}

export const respawnFigure: Figure = {
  name: 'respawn',
  about: 'From right before the kill to the first act of the new program, so fork and exec are part of it. No restart delay.',
  async measure({ programs, note }) {
    const times = { tspm: samples('ms'), bare: samples('ms'), pm2: samples('ms') };
    const begun: Contestant[] = [];
    const begin = async (contestant: Promise<Contestant>): Promise<Contestant> => {
      begun.push(await contestant);
      return contestant;
    };
    try {
      const contestants = {
        tspm: await begin(managed(createTspm(), programs)),
        bare: await begin(bareParent(programs)),
        pm2: await begin(managed(createPm2(), programs)),
      };
      for (let kill = 0; kill < kills; kill++) {
        for (const name of ['tspm', 'bare', 'pm2'] as const) {
          times[name].values.push(await killOnce(contestants[name]));
        }
        if (kill % 10 === 9) note(`respawn ${kill + 1}/${kills}`);
      }
    } finally {
      for (const contestant of begun) {
        await contestant.close();
        contestant.register.close();
      }
    }
    return [
      limitRow({ figure: 'child dies → replacement runs (baseline: a bare Node parent)', tspm: times.tspm, baseline: times.bare, pm2: times.pm2, limit: 3, ifMissed: 'the exit goes from the shim to the supervisor and the order to spawn comes back, two more turns of two event loops' }),
    ];
  },
};

async function killOnce(contestant: Contestant): Promise<number> {
  await pause(restMs);
  const begin = process.hrtime.bigint();
  process.kill(contestant.pid, 'SIGKILL');
  const birth = await contestant.register.next();
  contestant.pid = birth.pid;
  return Number(birth.atNs - begin) / 1e6;
}

async function managed(manager: Manager, programs: BenchContext['programs']): Promise<Contestant> {
  const register = openBirthRegister();
  manager.configure([service('tiny', programs.birth, { args: [register.fifo] })]);
  manager.start();
  return { register, pid: (await register.next()).pid, close: () => manager.close() };
}

async function bareParent(programs: BenchContext['programs']): Promise<Contestant> {
  const register = openBirthRegister();
  const script = path.join(import.meta.dirname, '../programs/bare-parent.mjs');
  const parent = spawn(process.execPath, [script, programs.birth, register.fifo], { stdio: 'ignore', env: cleanEnvironment({}) });
  const ended = once(parent, 'exit');
  return {
    register,
    pid: (await register.next()).pid,
    async close() {
      parent.kill('SIGTERM');
      await ended;
    },
  };
}
