// Instances for tests of the process page.
import type { ProcessDescription, ProcessSnapshot } from '../../../../shared/contract/process.ts';
import type { ClusterInstance, ClusterReport } from '../../../../shared/contract/reports.ts';

export function snapshot(over: Partial<ProcessSnapshot> = {}): ProcessSnapshot {
  return {
    id: 0, name: 'api', instance: 0, namespace: 'default', group: null, state: 'online', desired: 'up', pid: 4711, restarts: 0, startedAt: 1000,
    uptimeMs: 65_000, cpuPercent: 0.3, memoryBytes: 45_000_000, port: null, balancerMode: null, reason: '', ...over,
  };
}

export function description(over: Partial<ProcessDescription> = {}): ProcessDescription {
  return {
    ...snapshot(), run: 1, ownPort: null, balancer: null, lastExit: null, command: 'node', args: ['app.js'], cwd: '/srv', script: null, interpreter: null,
    configFile: null, pidFile: '/run/api.pid', logFiles: { out: '/log/out', err: '/log/err' }, logFormat: 'plain', dependsOn: [], autorestart: true,
    maxRestarts: 16, killSignal: 'SIGTERM', killTimeoutMs: 5000, lostLogBytes: 0, lostLogLines: 0, envNames: [], ...over,
  };
}

export function clusterInstance(over: Partial<ClusterInstance> = {}): ClusterInstance {
  return {
    id: 0, instance: 0, state: 'online', traffic: 'ready', pid: 4711, ownPort: 20_000, weight: 1, open: 1, requests: 10, share: 1, p50Ms: 1, p99Ms: 2,
    ejections: 0, cut: 0, ...over,
  };
}

export function cluster(instances: readonly ClusterInstance[], over: Partial<ClusterReport> = {}): ClusterReport {
  return { name: 'api', namespace: 'default', group: null, mode: 'http', strategy: 'round-robin', host: '127.0.0.1', port: 8080, listening: true, waiting: 0, instances, ...over };
}
