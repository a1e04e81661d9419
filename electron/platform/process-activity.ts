// Whether a process is at work: how much CPU time it has had, and whether it wants more right now.
import { readFile } from 'node:fs/promises';

export interface Activity {
  /** CPU time so far, user and system, all threads, in clock ticks (10 ms). */
  readonly cpuTicks: number;
  /** On a CPU or waiting for one, or for the disk; or it has ended, and its exit is on the way. */
  readonly running: boolean;
}

/** What a process that has ended looks like: not at rest. */
const ended: Activity = { cpuTicks: 0, running: true };

/** null when that cannot be told, because the platform is not Linux. */
export async function processActivity(pid: number): Promise<Activity | null> {
  if (process.platform !== 'linux') return null;
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'latin1');
    // proc(5): fields 14 and 15 are utime and stime; the list begins with field 3, the state.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { cpuTicks: Number(fields[11]) + Number(fields[12]), running: /^[RDZX]$/.test(fields[0] ?? '') };
  } catch {
    // No such process.
    return ended;
  }
}
