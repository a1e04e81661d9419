// Supervisor or shim get no descriptor more, or no process more, for a while.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import type { Excuse } from '../history.ts';
import type { World } from '../world.ts';
import { pause, type Fault } from './fault.ts';

interface Limit {
  readonly option: 'nofile' | 'nproc';
  readonly row: string;
  /** With which nothing new is to be had. */
  readonly tight: (pid: number) => number;
}

const descriptors: Limit = { option: 'nofile', row: 'Max open files', tight: (pid) => Math.max(...readdirSync(`/proc/${pid}/fd`).map(Number)) + 1 };
const processes: Limit = { option: 'nproc', row: 'Max processes', tight: () => 1 };

function fault(who: 'supervisor' | 'shim', limit: Limit, weight: number, excuses: readonly Excuse[]): Fault {
  return {
    name: `${limit.option} of the ${who}`,
    weight,
    missing: () => (limit === processes && process.getuid?.() === 0 ? 'root may start as many processes as it likes' : null),
    async run(world: World, random) {
      const ms = random.between(300, 3000);
      const [pid] = who === 'shim' ? world.shims() : world.supervisors();
      if (pid === undefined) return;
      const over = world.history.begin(`${limit.option} of the ${who} (${pid}) is reached for ${ms} ms`, { excuses, tailMs: 15_000 });
      try {
        const before = softLimit(pid, limit.row);
        setLimit(pid, limit.option, String(limit.tight(pid)));
        await pause(ms);
        setLimit(pid, limit.option, before);
      } catch {
        // It has gone meanwhile, and the limit with it.
      }
      over();
    },
  };
}

export const limits: readonly Fault[] = [
  fault('supervisor', descriptors, 2, ['list']),
  fault('shim', descriptors, 2, ['list', 'lines', 'requests']),
  fault('supervisor', processes, 1, ['list']),
  fault('shim', processes, 1, ['list', 'requests']),
];

function softLimit(pid: number, row: string): string {
  const line = readFileSync(`/proc/${pid}/limits`, 'utf8').split('\n').find((one) => one.startsWith(row)) ?? '';
  return line.slice(row.length).trim().split(/\s+/)[0] ?? 'unlimited';
}

function setLimit(pid: number, option: string, soft: string): void {
  execFileSync('prlimit', ['--pid', String(pid), `--${option}=${soft}:`], { stdio: 'ignore' });
}
