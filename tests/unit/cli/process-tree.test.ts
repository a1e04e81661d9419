import { describe, expect, it } from 'vitest';
import { processTree, statesText } from '../../../electron/cli/process-tree.ts';
import type { ProcessState } from '../../../shared/model/process-state.ts';

const one = (id: number, name: string, state: ProcessState = 'online', namespace = 'shop', group: string | null = null) => ({ id, name, state, namespace, group });

describe('processTree', () => {
  it('is empty without processes', () => expect(processTree([])).toEqual([]));

  it('sums up the instances of a process', () => {
    expect(processTree([one(0, 'api'), one(1, 'api', 'errored'), one(2, 'api')])).toEqual([
      { namespace: 'shop', groups: [{ group: null, processes: [{ name: 'api', instances: 3, states: { online: 2, errored: 1 } }] }] },
    ]);
  });

  it('puts groups before processes without one, and keeps the order of ids', () => {
    const tree = processTree([one(3, 'web', 'online', 'shop', 'front'), one(1, 'api', 'online', 'shop', 'back'), one(0, 'worker'), one(2, 'nap', 'stopped', 'default')]);
    expect(tree.map(({ namespace }) => namespace)).toEqual(['shop', 'default']);
    expect(tree[0]?.groups.map(({ group, processes }) => [group, ...processes.map(({ name }) => name)])).toEqual([['back', 'api'], ['front', 'web'], [null, 'worker']]);
  });

  it('keeps groups of one name in different namespaces apart', () => {
    const tree = processTree([one(0, 'a', 'online', 'x', 'web'), one(1, 'b', 'online', 'y', 'web')]);
    expect(tree.map(({ namespace, groups }) => [namespace, groups.length])).toEqual([['x', 1], ['y', 1]]);
  });
});

describe('statesText', () => {
  it('names what occurs', () => {
    expect(statesText({ online: 4 })).toBe('4 online');
    expect(statesText({ errored: 1, online: 1 })).toBe('1 online, 1 errored');
  });
});
