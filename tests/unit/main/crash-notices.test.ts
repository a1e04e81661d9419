import { beforeEach, describe, expect, it } from 'vitest';
import { createCrashNotices, type CrashNotice, type CrashNotices } from '../../../electron/main/crash-notices.ts';
import type { ProcessExited } from '../../../shared/contract/events.ts';
import type { ProcessSnapshot } from '../../../shared/contract/process.ts';
import { makeExit, makeSnapshot } from '../../helpers/snapshots.ts';

const status = { home: '/home', version: '1', owner: null, shim: null, counts: { stopped: 0, waiting: 0, starting: 0, online: 0, stopping: 0, backoff: 0, lost: 0, exited: 0, errored: 0 }, notices: [] };

describe('crash notices', () => {
  let now = 0;
  let notices: CrashNotices;
  const begin = (...processes: readonly ProcessSnapshot[]): void => notices.snapshot({ at: now, status, processes });
  const changed = (own: Partial<ProcessSnapshot>): CrashNotice | null => notices.event({ type: 'process.changed', at: now, process: makeSnapshot(own) });
  const exited = (own: Partial<ProcessExited> = {}): CrashNotice | null => notices.event(makeExit({ at: now, ...own }));
  /** Falls and comes back, as a supervisor tells it. */
  const fall = (own: Partial<ProcessExited> = {}): CrashNotice | null => {
    const notice = exited(own);
    const one = { id: own.id ?? 0, name: own.name ?? 'api' };
    for (const state of ['backoff', 'starting', 'online'] as const) changed({ ...one, state });
    return notice;
  };

  beforeEach(() => {
    now = 1_000_000;
    notices = createCrashNotices();
    begin(makeSnapshot());
  });

  it('tells of a crash, with the reason and the process whose page shows more', () => {
    expect(exited()).toEqual({ title: 'api crashed', body: 'exited with code 1 after 0.4 s: next try in 1 s', process: 'api' });
    expect(exited({ cause: 'killed by SIGSEGV', outlook: 'errored', reason: 'gave up' })).toEqual({ title: 'api failed', body: 'gave up', process: 'api' });
  });

  it('tells nothing of what somebody asked for, and of a job that is done', () => {
    expect(exited({ expected: true, outlook: 'stopped' })).toBeNull();
    expect(exited({ expected: true, outlook: 'exited' })).toBeNull();
  });

  it('tells the same cause of the same process once in a crash loop, its end included', () => {
    expect(fall()).not.toBeNull();
    for (let round = 0; round < 50; round++) {
      now += 10_000;
      expect(fall()).toBeNull();
    }
    expect(exited({ outlook: 'errored' })).toBeNull();
  });

  it('tells another cause, and another process', () => {
    begin(makeSnapshot(), makeSnapshot({ id: 1, name: 'web' }));
    expect(fall()).not.toBeNull();
    expect(fall({ cause: 'killed by SIGKILL' })).not.toBeNull();
    expect(fall({ id: 1, name: 'web' })).not.toBeNull();
    expect(fall()).toBeNull();
  });

  it('tells it again when the process was online for a minute in between', () => {
    fall();
    now += 59_999;
    expect(fall()).toBeNull();
    now += 60_000;
    expect(fall()).not.toBeNull();
  });

  it('gives one for a cluster whose instances fall one after the other for the same cause', () => {
    begin(...[0, 1, 2, 3].map((id) => makeSnapshot({ id, instance: id })));
    now += 3_600_000;
    expect(exited({ id: 0 })).not.toBeNull();
    for (const id of [1, 2, 3]) {
      now += 10;
      expect(exited({ id })).toBeNull();
    }
    for (const id of [0, 1, 2, 3]) changed({ id, state: 'online' });
    now += 60_000;
    expect(exited({ id: 2 })).not.toBeNull();
  });

  it('is not well as a whole while one instance keeps falling', () => {
    begin(makeSnapshot({ id: 0 }), makeSnapshot({ id: 1, state: 'backoff' }));
    fall({ id: 1 });
    changed({ id: 1, state: 'backoff' });
    now += 120_000;
    expect(fall({ id: 0 })).toBeNull();
  });

  it('tells it again after somebody took it in hand', () => {
    fall();
    changed({ desired: 'down', state: 'stopping' });
    changed({ desired: 'up', state: 'online' });
    expect(fall()).not.toBeNull();
    exited({ expected: true, outlook: 'restart' });
    expect(fall()).not.toBeNull();
    changed({ state: 'errored' });
    changed({ state: 'starting' });
    expect(fall()).not.toBeNull();
    expect(fall()).toBeNull();
  });

  it('remembers over the end of an engine', () => {
    fall();
    begin(makeSnapshot());
    expect(fall()).toBeNull();
  });

  it('gives one for the loss of the shim, and none for other notices', () => {
    const notice = { at: now, message: 'the shim died and was replaced' };
    expect(notices.event({ type: 'notice', at: now, notice: { ...notice, about: 'shim' } })).toEqual({ title: 'TSPM restarted the services', body: notice.message, process: null });
    expect(notices.event({ type: 'notice', at: now, notice })).toBeNull();
  });

  it('stays within bounds: causes without end are not told without end, and long words are cut', () => {
    const told = Array.from({ length: 1000 }, (_, index) => exited({ cause: `spawn failed ${index}`, reason: 'x'.repeat(10_000) })).filter((notice) => notice !== null);
    expect(told).toHaveLength(8);
    expect([...(told[0]?.body ?? '')]).toHaveLength(300);
  });

  it('forgets processes that are gone', () => {
    fall();
    notices.event({ type: 'process.removed', at: now, id: 0, name: 'api', instance: 0 });
    changed({ id: 5 });
    expect(fall({ id: 5 })).not.toBeNull();
  });
});
