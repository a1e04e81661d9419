// Counts what became of every request.
import { createHistogram } from './histogram.ts';
import type { LoadReport } from './plan.ts';

/** Who answered, as the fixture servers say it. */
export interface Answerer {
  readonly instance: string;
  readonly pid: string;
}

export interface Ledger {
  connected(): void;
  closedIdle(): void;
  took(ms: number): void;
  ok(answerer: Answerer): void;
  failed(reason: string): void;
  report(): LoadReport;
}

export function createLedger(onFirst: () => void): Ledger {
  const latency = createHistogram();
  const failures = new Map<string, number>();
  const perInstance = new Map<string, number>();
  const perPid = new Map<string, number>();
  let [ok, failed, connections, closedIdle] = [0, 0, 0, 0];
  const ended = (): void => {
    if (ok + failed === 1) onFirst();
  };
  return {
    connected: () => void (connections += 1),
    closedIdle: () => void (closedIdle += 1),
    took: (ms) => latency.add(ms),
    ok({ instance, pid }) {
      ok += 1;
      count(perInstance, instance);
      count(perPid, pid);
      ended();
    },
    failed(reason) {
      failed += 1;
      count(failures, reason);
      ended();
    },
    report: () => ({
      requests: ok + failed,
      ok,
      failed,
      failures: [...failures].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count),
      connections,
      closedIdle,
      latencyMs: { p50: latency.quantile(0.5), p99: latency.quantile(0.99), max: latency.max },
      perInstance: Object.fromEntries(perInstance),
      perPid: Object.fromEntries(perPid),
    }),
  };
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
