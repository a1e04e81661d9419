// A pid alone names nobody for long: the kernel reuses it. Pid and start time together name one process for ever.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { findProcesses, readProcFile } from './proc-files.ts';
import { patiently } from './shortage.ts';

const run = promisify(execFile);

/** Environment variable that every child carries, with the id of its home, so that leftovers can be found. */
export const homeMarker = 'TSPM_HOME_ID';

/** With it Electron's program is a Node. TSPM's own programs need that; services do not inherit it, they may be Electron applications. */
export const runAsNode = 'ELECTRON_RUN_AS_NODE';

/**
 * The kernel's start time of a process, opaque; null when there is no such process (a zombie counts as none). Throws when the system is
 * short of descriptors for so long that it cannot be told.
 */
export async function processStartTime(pid: number): Promise<string | null> {
  if (process.platform === 'linux') return parseLinuxStat((await patiently(() => readProcFile(pid, 'stat'))) ?? '');
  try {
    if (process.platform === 'win32') {
      const script = `(Get-Process -Id ${pid}).StartTime.ToFileTimeUtc()`;
      return (await run('powershell.exe', ['-NoProfile', '-Command', script])).stdout.trim() || null;
    }
    return (await run('ps', ['-o', 'lstart=', '-p', String(pid)])).stdout.trim() || null;
  } catch {
    // No such process: both ways report it as a failure.
    return null;
  }
}

/** True when a process was stopped (SIGSTOP, a debugger): it lives and does nothing. False where that cannot be told. */
export async function isStopped(pid: number): Promise<boolean> {
  try {
    if (process.platform === 'win32') return false;
    const state = process.platform === 'linux' ? linuxFields((await readProcFile(pid, 'stat')) ?? '')[0] : (await run('ps', ['-o', 'state=', '-p', String(pid)])).stdout.trim();
    return /^[Tt]/.test(state ?? '');
  } catch {
    return false;
  }
}

/** `processStartTime` for a child just spawned, without a turn of the event loop; null when only that can tell. */
export function processStartTimeSync(pid: number): string | null {
  if (process.platform !== 'linux') return null;
  try {
    return parseLinuxStat(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return null;
  }
}

/** The command line of a process; empty where it cannot be seen (elsewhere than on Linux, and of another user's). */
export function commandLineOf(pid: number): readonly string[] {
  if (process.platform !== 'linux') return [];
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1);
  } catch {
    return [];
  }
}

/** Pid of the leader of its session: of the child that it comes from. null when it has ended, or where that cannot be told (elsewhere than on Linux). */
export async function processSession(pid: number): Promise<number | null> {
  if (process.platform !== 'linux') return null;
  const stat = await patiently(() => readProcFile(pid, 'stat'));
  // proc(5): field 6 is the session; the list begins with field 3.
  return stat === null ? null : Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[3]);
}

export async function isSameProcess(pid: number, startTime: string): Promise<boolean> {
  return (await processStartTime(pid)) === startTime;
}

/** True while any process of this pid exists, a zombie included. */
export function pidExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Pids of all processes that carry the marker of this home. Linux only; elsewhere an empty list. Throws as `processStartTime` does. */
export async function findMarkedProcesses(homeId: string): Promise<readonly number[]> {
  if (process.platform !== 'linux') return [];
  const needle = `${homeMarker}=${homeId}\0`;
  const found = await patiently(() => findProcesses('environ', (environment) => `\0${environment}`.includes(`\0${needle}`)));
  return found.filter((pid) => pid !== process.pid);
}

/** proc(5): field 22 is the start time in clock ticks since boot; field 2 may hold spaces and brackets; field 3 is the state. */
function parseLinuxStat(stat: string): string | null {
  const fields = linuxFields(stat);
  const state = fields[0];
  if (state === 'Z' || state === 'X') return null;
  return fields[19] ?? null;
}

function linuxFields(stat: string): readonly string[] {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}
