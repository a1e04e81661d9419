// Takes one sample of many processes: /proc where there is one, pidusage elsewhere.
import { processUsage, type ProcessUsage } from '../../platform/process-usage.ts';

export interface Usage {
  /** Of one core, since the sample before; 0 in the first. */
  readonly cpuPercent: number;
  readonly memoryBytes: number;
}

/** Processes that have gone are missing from the answer. */
export type UsageReader = (pids: readonly number[]) => Promise<ReadonlyMap<number, Usage>>;

/** `elapsed`: ms on a clock that nobody can set. */
export function createUsageReader(elapsed: () => number): UsageReader {
  return process.platform === 'linux' ? procReader(elapsed) : readWithLibrary;
}

interface Sample extends ProcessUsage {
  readonly at: number;
}

function procReader(elapsed: () => number): UsageReader {
  let before = new Map<number, Sample>();
  return async (pids) => {
    const samples = new Map<number, Sample>();
    for (const pid of pids) {
      const usage = processUsage(pid);
      if (usage !== null) samples.set(pid, { ...usage, at: elapsed() });
    }
    const found = new Map([...samples].map(([pid, sample]) => [pid, { cpuPercent: cpuPercent(before.get(pid), sample), memoryBytes: sample.memoryBytes }]));
    before = samples;
    return found;
  };
}

function cpuPercent(before: Sample | undefined, now: Sample): number {
  if (before === undefined || before.startTime !== now.startTime || now.at <= before.at) return 0;
  return round((100 * (now.cpuMs - before.cpuMs)) / (now.at - before.at));
}

/** Loaded when it is needed: most homes are on Linux. */
async function readWithLibrary(pids: readonly number[]): Promise<ReadonlyMap<number, Usage>> {
  if (pids.length === 0) return new Map();
  const { default: pidusage } = await import('pidusage');
  const stats = await pidusage([...pids]);
  // A pid that has gone meanwhile has no value, whatever the types of the library say.
  return new Map(Object.values(stats).flatMap((one) => (!one ? [] : [[one.pid, { cpuPercent: round(one.cpu), memoryBytes: one.memory }] as const])));
}

function round(percent: number): number {
  return Math.round(percent * 10) / 10;
}
