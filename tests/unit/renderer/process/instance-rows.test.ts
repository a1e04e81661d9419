import { describe, expect, it } from 'vitest';
import { instanceRows, showsWeights } from '../../../../renderer/features/process/instance-rows.ts';
import { cluster, clusterInstance, description, snapshot } from './descriptions.ts';

describe('instanceRows', () => {
  it('puts together what the list, describe and the balancer say of an instance', () => {
    const [one, two] = [snapshot({ id: 3, pid: 11 }), snapshot({ id: 4, instance: 1, pid: null, state: 'stopped' })];
    const figures = clusterInstance({ id: 3, pid: 11 });
    const rows = instanceRows([one, two], new Map([[3, description({ id: 3 })]]), cluster([figures, clusterInstance({ id: 4, pid: null, traffic: 'none' })]));
    expect(rows.map(({ instance, figures }) => [instance, figures?.traffic])).toEqual([[0, 'ready'], [1, 'none']]);
    expect(rows[0]).toMatchObject({ snapshot: one, figures, description: { id: 3 } });
    expect(rows[1]?.description).toBeNull();
  });

  it('shows one that drains beside its successor, and does not take it for the instance', () => {
    const rows = instanceRows([snapshot({ pid: 12 })], new Map(), cluster([clusterInstance({ pid: 11, traffic: 'draining' }), clusterInstance({ pid: 12 })]));
    expect(rows.map(({ pid, snapshot, figures }) => [pid, snapshot !== null, figures?.traffic])).toEqual([[12, true, 'ready'], [11, false, 'draining']]);
    expect(new Set(rows.map(({ key }) => key)).size).toBe(2);
  });

  it('has lines without figures where nobody balances', () => {
    expect(instanceRows([snapshot()], new Map(), null)).toMatchObject([{ figures: null, pid: 4711 }]);
  });
});

describe('showsWeights', () => {
  it('only where weights matter', () => {
    expect(showsWeights(cluster([clusterInstance()]))).toBe(false);
    expect(showsWeights(cluster([clusterInstance({ weight: 2 })]))).toBe(true);
    expect(showsWeights(cluster([clusterInstance()], { strategy: 'weighted' }))).toBe(true);
  });
});
