import { describe, expect, it } from 'vitest';
import { groupProcesses, isDown } from '../../../../renderer/state/process-groups.ts';
import { groupsOf, snapshot } from '../snapshots.ts';

describe('processes as groups of instances', () => {
  it('puts instances into their order and says what matters most of them', () => {
    const [api] = groupsOf(
      snapshot({ id: 2, name: 'api', instance: 1, state: 'backoff', reason: 'tries again in 4 s', restarts: 3 }),
      snapshot({ id: 1, name: 'api', instance: 0, startedAt: 100 }),
      snapshot({ id: 3, name: 'api', instance: 2, startedAt: 300 }),
    );
    expect(api?.instances.map(({ instance }) => instance)).toEqual([0, 1, 2]);
    expect(api).toMatchObject({ state: 'backoff', online: 2, reason: 'tries again in 4 s', restarts: 3, startedAt: 300 });
  });

  it('keeps the groups that did not change', () => {
    const [a, b] = [snapshot({ id: 1, name: 'a' }), snapshot({ id: 2, name: 'b' })];
    const before = groupProcesses([a, b], new Map());
    const after = groupProcesses([a, { ...b, restarts: 1 }], before);
    expect(after.get('a')).toBe(before.get('a'));
    expect(after.get('b')?.restarts).toBe(1);
  });

  it('knows what can only be started', () => {
    expect(isDown([snapshot({ id: 1, state: 'stopped' }), snapshot({ id: 2, state: 'errored' })])).toBe(true);
    expect(isDown([snapshot({ id: 1, state: 'stopping', desired: 'down' })])).toBe(true);
    expect(isDown([snapshot({ id: 1, state: 'stopping', desired: 'up' })])).toBe(false);
    expect(isDown([snapshot({ id: 1, state: 'stopped' }), snapshot({ id: 2 })])).toBe(false);
  });
});
