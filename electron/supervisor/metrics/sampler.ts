// CPU and memory of the children. Looked at every now and then, and once more when something has changed.
import type { Clock, Timer } from '../../../shared/model/clock.ts';

/** Nobody looks most of the time: ten seconds keep the cost of a hundred services far below 0.3 % of a core. */
const intervalMs = 10_000;
/** While somebody goes by the samples. */
const eagerIntervalMs = 1000;
/** A start of many comes as many changes: one sample for all of them. */
const settleMs = 150;

export interface Usage {
  readonly cpuPercent: number;
  readonly memoryBytes: number;
}

export interface Sampler {
  usage(pid: number | null): Usage | undefined;
  /** A child came or went: take a sample soon. */
  stir(): void;
  stop(): void;
}

export interface SamplerOptions {
  readonly clock: Clock;
  readonly pids: () => readonly number[];
  /** Whether somebody waits for each sample. */
  readonly eager: () => boolean;
  readonly sampled: (usage: Sampler['usage']) => void;
  readonly trouble: (error: unknown) => void;
}

export function createSampler({ clock, pids, eager, sampled, trouble }: SamplerOptions): Sampler {
  let latest = new Map<number, Usage>();
  let timer: Timer | null = null;
  let stirred = false;
  let stopped = false;

  const sample = async (): Promise<void> => {
    const wanted = pids();
    if (wanted.length === 0) {
      latest = new Map();
      return;
    }
    const { default: pidusage } = await import('pidusage');
    const stats = await pidusage([...wanted]);
    latest = new Map(
      Object.values(stats).flatMap((one) =>
        // A pid that has gone meanwhile has no value, whatever the types of the library say.
        !one ? [] : [[one.pid, { cpuPercent: Math.round(one.cpu * 10) / 10, memoryBytes: one.memory }] as const],
      ),
    );
  };

  const arm = (delayMs: number): void => {
    timer?.cancel();
    timer = clock.after(delayMs, () => {
      stirred = false;
      void sample()
        .then(() => sampled(usage))
        .catch(trouble)
        .finally(() => {
          if (!stopped && !stirred) arm(eager() ? eagerIntervalMs : intervalMs);
        });
    });
  };

  const usage: Sampler['usage'] = (pid) => (pid === null ? undefined : latest.get(pid));

  arm(intervalMs);
  return {
    usage,
    stir() {
      if (stirred || stopped) return;
      stirred = true;
      arm(settleMs);
    },
    stop() {
      stopped = true;
      timer?.cancel();
    },
  };
}
