// What an older engine leaves out of its answers, as a reader may have it: nothing is known of it, and nothing falls over it.
import type { CommandName } from '../../shared/contract/commands.ts';
import type { Outcome } from '../../shared/contract/outcomes.ts';
import type { ProcessDescription, ProcessSnapshot } from '../../shared/contract/process.ts';
import type { ClusterInstance, ClusterReport, LogSource, StatusReport } from '../../shared/contract/reports.ts';

const snapshot: ProcessSnapshot = {
  id: 0, name: '', instance: 0, namespace: 'default', group: null, state: 'stopped', desired: 'down', pid: null, restarts: 0, startedAt: null,
  uptimeMs: 0, cpuPercent: null, memoryBytes: null, port: null, balancerMode: null, reason: '',
};

const description: ProcessDescription = {
  ...snapshot,
  run: 0, ownPort: null, balancer: null, lastExit: null, command: '', args: [], cwd: '', script: null, interpreter: null, configFile: null,
  pidFile: '', logFiles: { out: '', err: '' }, logFormat: '', dependsOn: [], autorestart: true, maxRestarts: 0, killSignal: '', killTimeoutMs: 0,
  lostLogBytes: 0, lostLogLines: 0, envNames: [],
};

const outcome: Omit<Outcome, 'process'> = { id: 0, name: '', instance: 0, action: 'unchanged', changed: [], message: '', lastLines: [] };
const logSource: LogSource = { name: '', instance: 0, format: 'plain', out: '', err: '' };
const status: StatusReport = { home: '', version: '', owner: null, shim: null, counts: {} as StatusReport['counts'], notices: [] };
const cluster: ClusterReport = { name: '', namespace: 'default', group: null, mode: 'tcp', strategy: 'round-robin', host: '', port: 0, listening: false, waiting: 0, instances: [] };

const clusterInstance: ClusterInstance = {
  id: 0, instance: 0, state: 'stopped', traffic: 'none', pid: null, ownPort: null, weight: 1, open: null, requests: null, share: null,
  p50Ms: null, p99Ms: null, ejections: 0, cut: 0,
};

type Fill = (answer: unknown) => unknown;

const table = (blank: object): Fill => (answer) => ({ ...blank, ...(typeof answer === 'object' && answer !== null ? answer : {}) });
const list = (fill: Fill): Fill => (answer) => (Array.isArray(answer) ? answer.map(fill) : []);
const withPart = (blank: object, name: string, part: Fill): Fill => (answer) => {
  const filled = { ...blank, ...(typeof answer === 'object' && answer !== null ? answer : {}) };
  return { ...filled, [name]: part(Reflect.get(filled, name)) };
};

const outcomes = list(withPart(outcome, 'process', table(snapshot)));

const fills: Partial<Record<CommandName, Fill>> = {
  status: table(status),
  list: list(table(snapshot)),
  describe: list(withPart(description, 'logFiles', table(description.logFiles))),
  logSources: list(table(logSource)),
  clusters: list(withPart(cluster, 'instances', list(table(clusterInstance)))),
  kill: table({ stopped: 0 }),
  start: outcomes, resume: outcomes, stop: outcomes, restart: outcomes, reload: outcomes, scale: outcomes, delete: outcomes, flush: outcomes, reset: outcomes, signal: outcomes,
};

/** The answer of an older engine to this command, with everything that this version reads. */
export function fillIn(name: string, answer: unknown): unknown {
  return fills[name as CommandName]?.(answer) ?? answer;
}
