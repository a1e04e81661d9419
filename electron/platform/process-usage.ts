// What a process has used so far, read on Linux without keeping anything open. (pidusage keeps a descriptor of each process for a minute.)
import { readFileSync } from 'node:fs';

export interface ProcessUsage {
  /** The kernel's start time: with the pid it names one process for ever. */
  readonly startTime: string;
  /** CPU time, user and system, all threads. */
  readonly cpuMs: number;
  /** Resident. */
  readonly memoryBytes: number;
}

/** The kernel tells CPU times to programs in hundredths of a second (USER_HZ), on every architecture that Node runs on. */
const msPerTick = 10;

/** null when there is no such process, or when it cannot be read at the moment. Linux only. */
export function processUsage(pid: number): ProcessUsage | null {
  try {
    // proc(5): fields 14, 15 and 22 are utime, stime and starttime; the list begins with field 3.
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // Its kilobytes need no page size, unlike the pages in `stat`. A zombie has no such line.
    const resident = /^VmRSS:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
    if (resident === undefined) return null;
    return { startTime: fields[19] ?? '', cpuMs: (Number(fields[11]) + Number(fields[12])) * msPerTick, memoryBytes: Number(resident) * 1024 };
  } catch {
    // It has ended, or there is no descriptor to be had just now: the next sample knows.
    return null;
  }
}
