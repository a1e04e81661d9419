// What the kernel says of a process: memory and processor time. Linux only, as the whole bench.
import { readFileSync } from 'node:fs';

/** USER_HZ: what proc(5) counts processor time in; 100 on every architecture Node runs on. */
const ticksPerSecond = 100;

/** Proportional share of memory in MB (10^6 bytes): a page that n processes share counts 1/n. */
export function proportionalMemory(pid: number): number {
  return kibField(`/proc/${pid}/smaps_rollup`, 'Pss');
}

/** Resident memory in MB. */
export function residentMemory(pid: number): number {
  return kibField(`/proc/${pid}/status`, 'VmRSS');
}

/** The most resident memory it ever had, in MB. */
export function peakMemory(pid: number): number {
  return kibField(`/proc/${pid}/status`, 'VmHWM');
}

/** Processor time in ms, its own and of children it has reaped (which it started to look at things). */
export function processorTime(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // proc(5): fields 14 to 17 are utime, stime, cutime and cstime.
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  return (ticks * 1000) / ticksPerSecond;
}

/** False for a zombie, too: it does nothing any more. */
export function runs(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return !/^[ZX]/.test(stat.slice(stat.lastIndexOf(')') + 2));
  } catch {
    // No such process.
    return false;
  }
}

function kibField(file: string, name: string): number {
  const value = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(readFileSync(file, 'latin1'))?.[1];
  if (value === undefined) throw new Error(`${file} has no ${name}`);
  return (Number(value) * 1024) / 1e6;
}
