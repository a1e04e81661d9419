// The lines of the balancer figure: each mode against what it is like.
import { comparisonRow, noFailureRow, ratioRow, skippedRow, type Row } from './row.ts';
import { figures, median, type Samples } from './stats.ts';
import type { Contestant, Throughput } from './throughput.ts';
import { missing, type ToolName } from './tools.ts';
import type { Connections, WrkRun } from './wrk.ts';

interface Comparison {
  readonly mode: Contestant;
  readonly connections: Connections;
  readonly rival: Contestant;
  readonly needs?: readonly ToolName[];
  /** None: for comparison only. */
  readonly least?: number;
  readonly ifMissed?: string;
}

const names: Readonly<Partial<Record<Contestant, string>>> = {
  direct: 'one server, nothing before it',
  pm2: 'PM2',
  'cluster-rr': 'node:cluster with SCHED_RR',
  'cluster-none': 'node:cluster with SCHED_NONE',
};
const handed = 'each connection goes through the shim and an IPC channel, as it does with PM2';
const piped = 'bytes pass through JavaScript twice';
const comparisons: readonly Comparison[] = [
  { mode: 'handoff', connections: 'keep-alive', rival: 'pm2', least: 1.05, ifMissed: 'with connections that stay, the servers do all the work and they are the same' },
  { mode: 'handoff', connections: 'close', rival: 'pm2', least: 1.3, ifMissed: handed },
  { mode: 'handoff', connections: 'keep-alive', rival: 'cluster-rr' },
  { mode: 'handoff', connections: 'close', rival: 'cluster-rr' },
  { mode: 'handoff', connections: 'keep-alive', rival: 'direct' },
  { mode: 'handoff', connections: 'close', rival: 'direct' },
  { mode: 'shared', connections: 'keep-alive', rival: 'cluster-none', least: 0.95, ifMissed: 'the kernel spreads connections unevenly in both' },
  { mode: 'shared', connections: 'close', rival: 'cluster-none', least: 0.95, ifMissed: 'the kernel spreads connections unevenly in both' },
  { mode: 'tcp', connections: 'keep-alive', rival: 'haproxy', needs: ['haproxy'], least: 0.7, ifMissed: piped },
  { mode: 'tcp', connections: 'close', rival: 'haproxy', needs: ['haproxy'] },
  { mode: 'http', connections: 'keep-alive', rival: 'nginx', needs: ['nginx'], least: 0.5, ifMissed: 'heads are read and written in JavaScript' },
  { mode: 'http', connections: 'close', rival: 'nginx', needs: ['nginx'] },
];
const modes = ['handoff', 'shared', 'tcp', 'http'] as const;

export function throughputRows(throughput: Throughput): readonly Row[] {
  const skipped = missing(['wrk']);
  const failed = modes.map((mode) => throughput.of(mode).reduce((sum, run) => sum + run.failed, 0));
  const failures = { figure: 'requests of all these runs that failed', tspm: modes.map((mode, index) => `${mode} ${failed[index] ?? 0}`).join(', '), failed: failed.reduce((sum, count) => sum + count, 0) };
  return [...comparisons.map((one) => comparisonOf(one, throughput)), ...(skipped === null ? [noFailureRow(failures)] : [])];
}

function comparisonOf({ mode, connections, rival, needs = [], least, ifMissed = '' }: Comparison, throughput: Throughput): Row {
  const called = names[rival] ?? rival;
  const figure = `${mode}, ${connections}, against ${called}`;
  const absent = missing(['wrk', ...needs]);
  if (absent !== null) return skippedRow(figure, least === undefined ? 'none, for comparison' : `≥ ${least} × ${called}`, absent);
  const tspm = speed(throughput.of(mode, connections));
  const against = rival === 'pm2' ? 'pm2' : 'baseline';
  const measured = { figure, tspm, [against]: speed(throughput.of(rival, connections)) };
  return least === undefined ? comparisonRow(measured) : ratioRow({ ...measured, against, limit: least, called, ifMissed });
}

function speed(runs: readonly WrkRun[]): Samples {
  const [p50, p99] = [median(runs.map((run) => run.p50Ms)), median(runs.map((run) => run.p99Ms))];
  return { unit: 'req/s', values: runs.map((run) => run.perSecond), beside: `p50 ${figures(p50)} ms, p99 ${figures(p99)} ms` };
}
