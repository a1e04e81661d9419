// CPU and memory of the children. Looked at every now and then, and once more when something has changed.
import type { Clock, Timer } from '../../../shared/model/clock.ts';
import { createUsageReader, type Usage } from './usage-reader.ts';

/** Nobody looks most of the time: ten seconds keep the cost of a hundred services far below 0.3 % of a core. */
const intervalMs = 10_000;
/** While somebody goes by the samples. */
const eagerIntervalMs = 1000;
/** A start of many comes as many changes: one sample for all of them. */
const settleMs = 150;

export type { Usage };

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
  const read = createUsageReader(() => clock.elapsed());
  let latest: ReadonlyMap<number, Usage> = new Map();
  let timer: Timer | null = null;
  let stirred = false;
  let stopped = false;

  const sample = async (): Promise<void> => {
    latest = await read(pids());
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
