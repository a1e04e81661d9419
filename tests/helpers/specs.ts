// Definitions for tests: a whole spec with a few fields of one's own.
import { balancerDefaults, type ProcessSpec } from '../../shared/contract/spec.ts';

export function makeSpec(own: Partial<ProcessSpec> = {}): ProcessSpec {
  return {
    name: 'api',
    namespace: 'default',
    group: null,
    instances: 1,
    command: process.execPath,
    args: [],
    script: null,
    interpreter: null,
    cwd: process.cwd(),
    env: {},
    port: null,
    host: '127.0.0.1',
    balancer: { mode: 'none', ...balancerDefaults },
    instanceWeight: 1,
    instanceVar: 'NODE_APP_INSTANCE',
    drainTimeoutMs: 30_000,
    waitReady: false,
    dependsOn: [],
    autorestart: true,
    maxRestarts: 3,
    minUptimeMs: 100,
    readyTimeoutMs: 1000,
    restartDelayMs: 100,
    maxRestartDelayMs: 1000,
    restartBackoff: 2,
    stopExitCodes: [],
    killSignal: 'SIGTERM',
    killTimeoutMs: 500,
    logs: { format: 'plain', out: null, err: null, merge: false, maxSizeBytes: 1 << 20, maxFiles: 3, maxAgeMs: null, compress: false },
    pidFile: null,
    source: { kind: 'config', file: '/project/tspm.yaml' },
    ...own,
  };
}
