import { describe, expect, it } from 'vitest';
import { createEngineStore, type EventFeed } from '../../../../renderer/state/engine-store.ts';
import type { MetricsSeries } from '../../../../shared/contract/reports.ts';
import { createClient } from '../../../../shared/client/client.ts';
import { Failure } from '../../../../shared/model/failure.ts';
import { waitFor } from '../../../helpers/wait-for.ts';
import { engineSnapshot, snapshot } from '../snapshots.ts';

function rig(history: () => Promise<readonly MetricsSeries[]> = async () => []) {
  let feed: EventFeed | null = null;
  const due: (() => void)[] = [];
  const asked: unknown[] = [];
  const client = createClient({
    call: (_name, input) => {
      asked.push(input);
      return history();
    },
    subscribe: async () => undefined,
  });
  const store = createEngineStore({ client, follow: (given) => (feed = given), now: () => 500_000, soon: (callback) => due.push(callback) });
  if (feed === null) throw new Error('the store follows nothing');
  const flush = (): void => {
    for (const callback of due.splice(0)) callback();
  };
  return { store, feed: feed as EventFeed, due, flush, asked };
}

describe('the store of the engine', () => {
  it('hands over once what came within a moment', () => {
    const { store, feed, due, flush } = rig();
    let told = 0;
    store.subscribe(() => (told += 1));
    feed.snapshot(engineSnapshot(1000, [snapshot({ id: 1 })]));
    for (let restarts = 1; restarts <= 100; restarts += 1) feed.change({ type: 'process.changed', at: 1, process: snapshot({ id: 1, restarts }) });
    expect([told, due.length]).toEqual([0, 1]);
    flush();
    expect(told).toBe(1);
    expect(store.getState().processes.get(1)?.restarts).toBe(100);
    expect(store.getState().fresh).toBe(true);
  });

  it('keeps the last data when nothing is heard, says since when, and is fresh again with the next snapshot', () => {
    const { store, feed, flush } = rig();
    feed.snapshot(engineSnapshot(1000, [snapshot({ id: 1 })]));
    flush();
    feed.lost({ code: 'engine-unreachable', message: 'it left' });
    feed.lost({ code: 'engine-unreachable', message: 'it is still away' });
    flush();
    expect(store.getState()).toMatchObject({ fresh: false, lost: { since: 500_000, reason: 'it left' } });
    expect(store.getState().processes.size).toBe(1);
    feed.snapshot(engineSnapshot(2000, [snapshot({ id: 1 })]));
    flush();
    expect(store.getState()).toMatchObject({ fresh: true, lost: null });
  });

  it('asks for the history of its sparklines in the time of the engine', async () => {
    const { store, feed, flush, due, asked } = rig(async () => [{ id: 1, name: 'service-1', instance: 0, at: [10], cpuPercent: [7], memoryBytes: [8] }]);
    feed.snapshot(engineSnapshot(900_000, [snapshot({ id: 1 })]));
    flush();
    await waitFor(() => due.length > 0, { what: 'the history' });
    flush();
    expect(asked).toEqual([{ since: 900_000 - 120_000 }]);
    expect(store.getState().usage.get(1)?.cpuPercent).toEqual([7]);
  });

  it('goes on without history', async () => {
    const { store, feed, flush } = rig(() => Promise.reject(new Failure('unknown-command', 'no history')));
    feed.snapshot(engineSnapshot(1000, [snapshot({ id: 1 })]));
    flush();
    expect(store.getState().processes.size).toBe(1);
  });
});
