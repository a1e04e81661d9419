import { describe, expect, it } from 'vitest';
import { emptyModel, withEvent, withHistory, withSnapshot } from '../../../../renderer/state/engine-model.ts';
import { engineSnapshot, snapshot } from '../snapshots.ts';

const begun = withSnapshot(emptyModel, engineSnapshot(50_000, [snapshot({ id: 1 }), snapshot({ id: 2 })]), 49_000);

describe('the engine as a page knows it', () => {
  it('begins with a snapshot, and knows how far its clock is off', () => {
    expect([...begun.processes.keys()]).toEqual([1, 2]);
    expect(begun.clockOffsetMs).toBe(1000);
  });

  it('changes one process and leaves the others the same objects', () => {
    const next = withEvent(begun, { type: 'process.changed', at: 1, process: snapshot({ id: 1, state: 'stopped' }) });
    expect(next.processes.get(1)?.state).toBe('stopped');
    expect(next.processes.get(2)).toBe(begun.processes.get(2));
  });

  it('forgets a process that was removed, with its measurements', () => {
    const measured = withEvent(begun, { type: 'usage', at: 1000, samples: [{ id: 1, cpuPercent: 5, memoryBytes: 6 }] });
    const next = withEvent(measured, { type: 'process.removed', at: 1, id: 1, name: 'service-1', instance: 0 });
    expect(next.processes.has(1)).toBe(false);
    expect(next.usage.has(1)).toBe(false);
  });

  it('touches no process when it is told of measurements', () => {
    const next = withEvent(begun, { type: 'usage', at: 1000, samples: [{ id: 1, cpuPercent: 5, memoryBytes: 6 }] });
    expect(next.processes).toBe(begun.processes);
    expect(next.usage.get(1)).toEqual({ at: [1000], cpuPercent: [5], memoryBytes: [6] });
  });

  it('keeps the objects of processes that are as they were before a reconnection', () => {
    const next = withSnapshot(begun, engineSnapshot(60_000, [snapshot({ id: 1, uptimeMs: 9000, cpuPercent: 3 }), snapshot({ id: 2, restarts: 1 })]), 60_000);
    expect(next.processes.get(1)).toBe(begun.processes.get(1));
    expect(next.processes.get(2)?.restarts).toBe(1);
  });

  it('takes a process that is gone after a reconnection away', () => {
    const next = withSnapshot(begun, engineSnapshot(60_000, [snapshot({ id: 2 })]), 60_000);
    expect([...next.processes.keys()]).toEqual([2]);
  });

  it('keeps fifty notices', () => {
    let model = begun;
    for (let at = 0; at < 80; at += 1) model = withEvent(model, { type: 'notice', at, notice: { at, message: `notice ${at}` } });
    expect(model.status?.notices.length).toBe(50);
    expect(model.status?.notices.at(-1)?.message).toBe('notice 79');
  });

  it('takes the history of processes it knows only', () => {
    const next = withHistory(begun, [
      { id: 1, name: 'service-1', instance: 0, at: [10, 20], cpuPercent: [1, 2], memoryBytes: [3, 4] },
      { id: 7, name: 'gone', instance: 0, at: [10], cpuPercent: [1], memoryBytes: [3] },
    ]);
    expect(next.usage.get(1)?.cpuPercent).toEqual([1, 2]);
    expect(next.usage.has(7)).toBe(false);
  });
});
