// One home with ten services, in which everything may be broken. Nothing of it is left afterwards.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { homeId, homePaths } from '../../electron/platform/home.ts';
import type { HomePaths } from '../../shared/model/home.ts';
import { freePort } from '../helpers/free-port.ts';
import type { History } from './history.ts';
import { findMarked, findProgram } from './procfs.ts';
import { installPrograms, type Programs } from './programs.ts';
import { configText, createServices, type Service } from './services/services.ts';

/** Room for a home, and little enough to be filled in a moment. */
const diskSize = '48m';

export interface World {
  readonly paths: HomePaths;
  readonly homeId: string;
  /** Where commands are typed, with `tspm.yaml`. */
  readonly folder: string;
  readonly programs: Programs;
  readonly services: readonly Service[];
  readonly history: History;
  /** The home is a small disk of its own: it can be filled and made read-only. */
  readonly hasDisk: boolean;
  supervisors(): readonly number[];
  shims(): readonly number[];
  remove(): void;
}

export async function createWorld(history: History, build: string): Promise<World> {
  const root = mkdtempSync(path.join(tmpdir(), 'tspm-chaos-'));
  const folder = path.join(root, 'work');
  const home = path.join(root, 'home');
  mkdirSync(folder);
  mkdirSync(home, { mode: 0o700 });
  const hasDisk = process.getuid?.() === 0 && mount('-t', 'tmpfs', '-o', `size=${diskSize},mode=0700`, 'tmpfs', home);
  const ports: number[] = [];
  while (ports.length < 4) ports.push(await freePort());
  const services = createServices(ports);
  writeFileSync(path.join(folder, 'tspm.yaml'), configText(services));
  const programs = installPrograms(path.join(root, 'programs'), build);
  const id = homeId(home);
  const supervisors = (): readonly number[] => findProgram(programs.daemon);
  const shims = (): readonly number[] => findProgram(programs.shim);
  return {
    paths: homePaths({ TSPM_HOME: home }),
    homeId: id,
    folder,
    programs,
    services,
    history,
    hasDisk,
    supervisors,
    shims,
    remove() {
      for (const pid of [...supervisors(), ...shims(), ...findMarked(id)]) signal(pid, 'SIGKILL');
      // The disk, and what a fault may have left over it.
      while (hasDisk && unmount(home));
      rmSync(root, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** False when that is not permitted here. */
export function mount(...argv: readonly string[]): boolean {
  try {
    execFileSync('mount', argv, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** False when nothing is mounted there. */
export function unmount(folder: string): boolean {
  try {
    execFileSync('umount', ['-l', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** To one that may have gone. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has gone already, which is what most signals are for.
  }
}
