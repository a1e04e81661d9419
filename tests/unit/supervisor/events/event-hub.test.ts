import { expect, it } from 'vitest';
import type { ProcessSnapshot } from '../../../../shared/contract/process.ts';
import type { TopicMessage } from '../../../../shared/contract/topics.ts';
import { EventHub } from '../../../../electron/supervisor/events/event-hub.ts';
import { EventRing, ringCapacity } from '../../../../electron/supervisor/events/event-ring.ts';
import { manualClock } from '../../../helpers/manual-clock.ts';

const process = (id: number): ProcessSnapshot => ({
  id, name: `p${id}`, instance: 0, namespace: 'default', group: null, state: 'online', desired: 'up', pid: 1, restarts: 0, startedAt: 0,
  uptimeMs: 0, cpuPercent: null, memoryBytes: null, port: null, balancerMode: null, reason: '',
});

function open(present: Set<number>) {
  const hub = new EventHub();
  let heard = 0;
  hub.open({
    clock: manualClock(),
    epoch: 'e',
    look: (_name, id) => (present.has(id) ? process(id) : null),
    everything: () => ({ at: 0, status: { home: '', version: '', owner: null, shim: null, counts: { stopped: 0, waiting: 0, starting: 0, online: 0, stopping: 0, backoff: 0, lost: 0, exited: 0, errored: 0 }, notices: [] }, processes: [...present].map(process) }),
    listened: () => (heard += 1),
  });
  const touch = (id: number): void => hub.touch({ id, name: `p${id}`, instance: 0 });
  return { hub, touch, heard: () => heard };
}

function listen(hub: EventHub, usage = true) {
  const abort = new AbortController();
  const stream = hub.listen(usage, { after: null, signal: abort.signal });
  const next = async (): Promise<TopicMessage<'events'>> => {
    const step = await stream.next();
    if (step.done === true) throw new Error('the stream has ended');
    return step.value;
  };
  return { abort, stream, next };
}

it('tells the changes of one turn once, and of what is gone that it is gone', async () => {
  const present = new Set([1, 2]);
  const { hub, touch } = open(present);
  const { next, abort, stream } = listen(hub);
  expect(await next()).toMatchObject({ position: 'e-0', snapshot: { processes: [{ id: 1 }, { id: 2 }] } });
  touch(1);
  touch(1);
  touch(2);
  present.delete(2);
  expect(await next()).toMatchObject({ previous: 'e-0', position: 'e-1', change: { type: 'process.changed', process: { id: 1 } } });
  expect(await next()).toMatchObject({ previous: 'e-1', position: 'e-2', change: { type: 'process.removed', id: 2, name: 'p2' } });
  abort.abort();
  expect(await stream.next()).toMatchObject({ done: true });
});

it('has what was touched in the snapshot, and does not tell it again', async () => {
  const { hub, touch } = open(new Set([1]));
  touch(1);
  const { next, stream } = listen(hub);
  expect(await next()).toMatchObject({ position: 'e-1', snapshot: {} });
  touch(1);
  expect(await next()).toMatchObject({ previous: 'e-1', position: 'e-2' });
  await stream.return(undefined);
});

it('tells no measurements to those who want none, and leaves no gap', async () => {
  const { hub, heard } = open(new Set());
  const { next, stream } = listen(hub, false);
  await next();
  hub.tell({ type: 'notice', notice: { at: 0, message: 'first' } });
  hub.tell({ type: 'usage', samples: [] });
  hub.tell({ type: 'notice', notice: { at: 0, message: 'second' } });
  expect([await next(), await next()]).toMatchObject([{ position: 'e-1' }, { previous: 'e-1', position: 'e-3', change: { notice: { message: 'second' } } }]);
  expect([hub.listeners, heard()]).toEqual([0, 0]);
  await stream.return(undefined);
});

it('counts who listens', async () => {
  const { hub, heard } = open(new Set());
  const [one, two] = [listen(hub), listen(hub)];
  await one.next();
  await two.next();
  expect([hub.listeners, heard()]).toEqual([2, 1]);
  one.abort.abort();
  await one.stream.next();
  await two.stream.return(undefined);
  expect(hub.listeners).toBe(0);
});

it('ends a listener that has fallen behind what is kept', async () => {
  const { hub } = open(new Set());
  const { next, stream } = listen(hub);
  await next();
  for (let number = 0; number < 2 * ringCapacity; number++) hub.tell({ type: 'notice', notice: { at: 0, message: '' } });
  await expect(stream.next()).rejects.toMatchObject({ code: 'too-slow' });
  expect(hub.listeners).toBe(0);
});

it('keeps a bounded number of events', () => {
  const ring = new EventRing();
  const event = { type: 'notice', at: 0, notice: { at: 0, message: '' } } as const;
  for (let number = 1; number <= 5 * ringCapacity; number++) ring.push(event);
  expect(ring.newest).toBe(5 * ringCapacity);
  expect([ring.reaches(ring.newest), ring.reaches(ring.newest - ringCapacity + 1), ring.reaches(0), ring.reaches(ring.newest + 1), ring.reaches(Number.NaN)]).toEqual([true, true, false, false, false]);
  expect(ring.after(ring.newest)).toBeNull();
  expect(ring.after(ring.newest - 1)).toBe(event);
  expect(ring.after(0)).toBeUndefined();
});
