// Snapshots as an engine gives them, for tests of what pages make of them.
import type { ProcessSnapshot } from '../../../shared/contract/process.ts';
import type { EngineSnapshot } from '../../../shared/contract/events.ts';
import { makeSnapshot } from '../../helpers/snapshots.ts';
import { groupProcesses, type ProcessGroup } from '../../../renderer/state/process-groups.ts';

export function snapshot(part: Partial<ProcessSnapshot> & Pick<ProcessSnapshot, 'id'>): ProcessSnapshot {
  const state = part.state ?? 'online';
  const runs = state === 'online' || state === 'starting' || state === 'stopping';
  return makeSnapshot({
    name: `service-${part.id}`,
    state,
    desired: state === 'stopped' ? 'down' : 'up',
    pid: runs ? 1000 + part.id : null,
    startedAt: runs ? 50_000 : null,
    ...part,
  });
}

export function groupsOf(...snapshots: readonly ProcessSnapshot[]): readonly ProcessGroup[] {
  return [...groupProcesses(snapshots, new Map()).values()];
}

export function engineSnapshot(at: number, processes: readonly ProcessSnapshot[]): EngineSnapshot {
  const counts = { stopped: 0, waiting: 0, starting: 0, online: 0, stopping: 0, backoff: 0, lost: 0, exited: 0, errored: 0 };
  return { at, processes, status: { home: '/home/ada/.tspm', version: '0.1.0', owner: null, shim: null, counts, notices: [] } };
}
