// What an engine tells of a process, for tests: a whole snapshot with a few fields of one's own.
import type { ProcessExited } from '../../shared/contract/events.ts';
import type { ProcessSnapshot } from '../../shared/contract/process.ts';

export function makeSnapshot(own: Partial<ProcessSnapshot> = {}): ProcessSnapshot {
  return {
    id: 0,
    name: 'api',
    instance: 0,
    namespace: 'default',
    group: null,
    state: 'online',
    desired: 'up',
    pid: 100,
    restarts: 0,
    startedAt: 0,
    uptimeMs: 0,
    cpuPercent: null,
    memoryBytes: null,
    port: null,
    balancerMode: null,
    reason: '',
    ...own,
  };
}

/** A crash that nobody asked for. */
export function makeExit(own: Partial<ProcessExited> = {}): ProcessExited {
  return {
    type: 'process.exited',
    at: 0,
    id: 0,
    name: 'api',
    instance: 0,
    run: 1,
    exit: { code: 1, signal: null },
    expected: false,
    cause: 'exited with code 1',
    reason: 'exited with code 1 after 0.4 s: next try in 1 s',
    outlook: 'restart',
    ...own,
  };
}
