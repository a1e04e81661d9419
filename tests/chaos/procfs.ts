// What the kernel knows, beside what TSPM says: processes, their services, their ages and their descriptors.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { homeMarker } from '../../electron/platform/process-identity.ts';

export interface Leader {
  readonly pid: number;
  /** `name:instance`, from the environment that it was started with. */
  readonly key: string;
}

interface Stat {
  readonly state: string;
  readonly group: number;
  readonly startTicks: number;
}

/** The variable in which every service of the run has its name. */
export const nameVariable = 'CHAOS_NAME';

/** Living services of a home: the first process of each group. */
export function findLeaders(homeId: string): readonly Leader[] {
  return allPids().flatMap((pid) => {
    const environment = read(pid, 'environ')?.split('\0') ?? [];
    if (!environment.includes(`${homeMarker}=${homeId}`)) return [];
    const stat = statOf(pid);
    if (stat === null || stat.group !== pid || isDead(stat)) return [];
    const value = (name: string): string => environment.find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1) ?? '?';
    return [{ pid, key: `${value(nameVariable)}:${value('NODE_APP_INSTANCE')}` }];
  });
}

/** Every living process that carries the home's mark, leaders or not. */
export function findMarked(homeId: string): readonly number[] {
  return allPids().filter((pid) => read(pid, 'environ')?.split('\0').includes(`${homeMarker}=${homeId}`) === true && isAlive(pid));
}

/** Living processes whose program (the first argument that is a bundle) is this file. */
export function findProgram(file: string): readonly number[] {
  return allPids().filter((pid) => read(pid, 'cmdline')?.split('\0').find((one) => one.endsWith('.cjs')) === file && isAlive(pid));
}

export function isAlive(pid: number): boolean {
  const stat = statOf(pid);
  return stat !== null && !isDead(stat);
}

/** In ms since its start; null when it has gone. Measured against this process: no clock can be set wrong. */
export function ageMs(pid: number): number | null {
  const [own, other] = [statOf(process.pid), statOf(pid)];
  return own === null || other === null ? null : process.uptime() * 1000 + (own.startTicks - other.startTicks) * 10;
}

export function countDescriptors(pid: number): number | null {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return null;
  }
}

/** What a process has open, by kind: `12 pipe, 3 socket, …`. */
export function describeDescriptors(pid: number): string {
  const counts = new Map<string, number>();
  try {
    for (const name of readdirSync(`/proc/${pid}/fd`)) {
      const kind = readlinkSync(`/proc/${pid}/fd/${name}`).replace(/\d+/g, '#');
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
  } catch {
    // It has gone, or closed one of them just now: what was counted is told.
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([kind, count]) => `${count} ${kind}`).join(', ');
}

function allPids(): readonly number[] {
  return readdirSync('/proc').filter((entry) => /^\d+$/.test(entry)).map(Number);
}

/** proc(5): after the name in brackets come state, parent and group; field 22 is the start. */
function statOf(pid: number): Stat | null {
  const text = read(pid, 'stat');
  if (text === null) return null;
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0] ?? '', group: Number(fields[2]), startTicks: Number(fields[19]) };
}

function isDead({ state }: Stat): boolean {
  return state === 'Z' || state === 'X';
}

function read(pid: number, file: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1');
  } catch {
    return null;
  }
}
