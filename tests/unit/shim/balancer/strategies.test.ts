// The strategies alone: what a change of the instances does to them. Their distributions are in tests/process/cluster.
import { describe, expect, it } from 'vitest';
import { createStrategy } from '../../../../electron/shim/balancer/strategies/index.ts';
import type { TargetView } from '../../../../electron/shim/balancer/target.ts';
import { balancingStrategies } from '../../../../shared/model/balancing.ts';

const target = (instance: number, own: Partial<TargetView> = {}): TargetView => ({ instance, weight: 1, open: 0, requests: 0, cpuPercent: null, memoryBytes: null, ...own });
const targets = (...instances: readonly number[]): readonly TargetView[] => instances.map((one) => target(one));

/** Goes through these numbers again and again. */
function sequence(...numbers: readonly number[]): () => number {
  let index = 0;
  return () => numbers[index++ % numbers.length] ?? 0;
}

describe('round-robin', () => {
  it('disturbs nobody\'s turn when one comes or goes', () => {
    const pick = createStrategy('round-robin', Math.random);
    const turns = (list: readonly TargetView[], count: number) => Array.from({ length: count }, () => pick(list, '').instance);
    expect(turns(targets(0, 1, 2), 4)).toEqual([0, 1, 2, 0]);
    expect(turns(targets(0, 2), 3)).toEqual([2, 0, 2]);
    expect(turns(targets(0, 1, 2, 3), 5)).toEqual([3, 0, 1, 2, 3]);
  });
});

describe('least-connections', () => {
  it('takes the one with the fewest, and turns among equals', () => {
    const pick = createStrategy('least-connections', Math.random);
    expect(pick([target(0, { open: 3 }), target(1, { open: 1 }), target(2, { open: 2 })], '').instance).toBe(1);
    const equals = [target(0, { open: 1 }), target(1, { open: 1 }), target(2, { open: 5 })];
    expect(Array.from({ length: 4 }, () => pick(equals, '').instance)).toEqual([0, 1, 0, 1]);
  });
});

describe('least-cpu and least-memory', () => {
  const busy = [target(0, { cpuPercent: 90, memoryBytes: 10 }), target(1, { cpuPercent: 5, memoryBytes: 900 })];

  it('takes the lesser of two draws, with replacement', () => {
    const draws = () => sequence(0, 0, 0, 0.5, 0.5, 0, 0.5, 0.5);
    const byCpu = createStrategy('least-cpu', draws());
    expect(Array.from({ length: 4 }, () => byCpu(busy, '').instance)).toEqual([0, 1, 1, 1]);
    const byMemory = createStrategy('least-memory', draws());
    expect(Array.from({ length: 4 }, () => byMemory(busy, '').instance)).toEqual([0, 0, 0, 1]);
  });

  it('takes one that was not sampled yet for idle', () => {
    const pick = createStrategy('least-cpu', sequence(0, 0.5));
    expect(pick([target(0, { cpuPercent: 1 }), target(1)], '').instance).toBe(1);
  });
});

describe('weighted', () => {
  it('is exact from the first round on, whatever came before', () => {
    const pick = createStrategy('weighted', Math.random);
    for (let index = 0; index < 5; index += 1) pick([target(0, { weight: 2 }), target(1)], '');
    const three = [target(0, { weight: 2 }), target(1), target(2, { weight: 3 })];
    const turns = Array.from({ length: 600 }, () => pick(three, '').instance);
    const counts = [0, 1, 2].map((instance) => turns.filter((one) => one === instance).length);
    for (const [index, count] of counts.entries()) expect(Math.abs(count - ([200, 100, 300][index] ?? 0))).toBeLessThanOrEqual(2);
  });
});

describe('ip-hash', () => {
  const pick = createStrategy('ip-hash', Math.random);
  const clients = Array.from({ length: 5000 }, (_, index) => `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`);
  const places = (list: readonly TargetView[]) => clients.map((client) => pick(list, client).instance);

  it('spreads clients evenly', () => {
    const found = places(targets(0, 1, 2, 3));
    for (const instance of [0, 1, 2, 3]) expect(Math.abs(found.filter((one) => one === instance).length - 1250)).toBeLessThan(160);
  });

  it('4 → 5 moves about a fifth, all of them to the fifth', () => {
    const [before, after] = [places(targets(0, 1, 2, 3)), places(targets(0, 1, 2, 3, 4))];
    const moved = after.filter((place, index) => place !== before[index]);
    expect(moved.every((place) => place === 4)).toBe(true);
    expect(Math.abs(moved.length - 1000)).toBeLessThan(150);
  });

  it('one that goes away gives its clients to all the others', () => {
    const [before, after] = [places(targets(0, 1, 2, 3)), places(targets(0, 2, 3))];
    for (const [index, place] of after.entries()) if (before[index] !== 1) expect(place).toBe(before[index]);
    expect(new Set(after.filter((_, index) => before[index] === 1)).size).toBe(3);
  });
});

it.each(balancingStrategies)('%s chooses one of those it is given', (name) => {
  const pick = createStrategy(name, Math.random);
  const given = targets(3, 7);
  for (let index = 0; index < 50; index += 1) expect(given).toContain(pick(given, `127.0.0.${index}`));
});
