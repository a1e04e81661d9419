// Who gets traffic, who waits, and who is left out for a while.
import { describe, expect, it } from 'vitest';
import { Pool } from '../../../../electron/shim/balancer/pool.ts';
import { Target } from '../../../../electron/shim/balancer/target.ts';
import type { BalancerMode } from '../../../../shared/model/balancing.ts';
import { manualClock } from '../../../helpers/manual-clock.ts';

function setUp(count = 2, mode: BalancerMode = 'http') {
  const clock = manualClock();
  const pool = new Pool(mode, 'round-robin', { clock, random: Math.random });
  pool.configure(mode, 'round-robin', 2000);
  const targets = Array.from({ length: count }, (_, instance) => new Target({ id: `web:${instance}`, run: 1, instance, mode, port: 1 }));
  for (const target of targets) pool.targets.add(target);
  const admit = (...admitted: readonly (Target | undefined)[]): void => {
    for (const target of admitted) if (target !== undefined) target.state = 'ready';
    pool.changed();
  };
  return { clock, pool, targets, admit };
}

describe('only ready instances get traffic', () => {
  it('none that is starting or draining', () => {
    const { pool, targets: [first, second], admit } = setUp();
    expect(pool.pick('')).toBeNull();
    admit(first);
    expect([pool.pick(''), pool.pick('')]).toEqual([first, first]);
    admit(second);
    first?.drain(() => undefined);
    pool.changed();
    expect(pool.pick('')).toBe(second);
  });

  it('none that was tried for this connection', () => {
    const { pool, targets, admit } = setUp(3);
    admit(...targets);
    const tried = new Set(targets.slice(0, 2));
    expect(pool.pick('', tried)).toBe(targets[2]);
    expect(pool.pick('', new Set(targets))).toBeNull();
  });

  it('after a change of mode the old ones serve until one of the new mode is ready', () => {
    const { pool, targets: [old], admit } = setUp(1, 'http');
    admit(old);
    pool.configure('tcp', 'round-robin', 2000);
    expect([pool.activeMode, pool.pick('')]).toEqual(['http', old]);
    const fresh = new Target({ id: 'web:0~', run: 2, instance: 0, mode: 'tcp', port: 2 });
    pool.targets.add(fresh);
    admit(fresh);
    expect([pool.activeMode, pool.pick('')]).toEqual(['tcp', fresh]);
  });
});

describe('waiting', () => {
  it('ends with the first instance that is ready, in the order of arrival', () => {
    const { pool, targets: [first], admit } = setUp();
    const served: string[] = [];
    for (const name of ['a', 'b']) pool.whenReady('', (target) => served.push(`${name} ${target?.id ?? 'nobody'}`));
    expect([pool.waiting, served]).toEqual([2, []]);
    admit(first);
    expect([pool.waiting, served]).toEqual([0, ['a web:0', 'b web:0']]);
  });

  it('ends with nobody when the time is over, when it is taken back, or when the pool closes', () => {
    const { clock, pool } = setUp();
    const served: (Target | null)[] = [];
    pool.whenReady('', (target) => served.push(target));
    clock.advance(1999);
    expect(served).toEqual([]);
    clock.advance(1);
    expect(served).toEqual([null]);
    pool.whenReady('', (target) => served.push(target))();
    expect([pool.waiting, clock.pending]).toEqual([0, 0]);
    pool.whenReady('', (target) => served.push(target));
    pool.close();
    expect(served).toEqual([null, null]);
    expect(clock.pending).toBe(0);
  });

  it('is bounded: the 1025th is refused at once', () => {
    const { pool } = setUp();
    let refused = 0;
    for (let index = 0; index < 1030; index += 1) pool.whenReady('', (target) => (refused += target === null ? 1 : 0));
    expect([pool.waiting, refused]).toEqual([1024, 6]);
    pool.close();
  });
});

describe('ejection', () => {
  it('begins with the third failure in a row, and its pauses grow', () => {
    const { clock, pool, targets: [bad, good], admit } = setUp();
    admit(bad, good);
    const picks = () => new Set([pool.pick(''), pool.pick(''), pool.pick('')]);
    const fail = (): void => {
      if (bad !== undefined) pool.failed(bad);
    };
    fail();
    fail();
    expect(picks().size).toBe(2);
    fail();
    expect(picks()).toEqual(new Set([good]));
    expect(bad?.figures(clock.elapsed())).toMatchObject({ state: 'ejected', ejections: 1 });
    clock.advance(1001);
    expect(picks().size).toBe(2);
    fail();
    expect(picks()).toEqual(new Set([good]));
    clock.advance(1001);
    expect(picks()).toEqual(new Set([good]));
    clock.advance(1000);
    expect(picks().size).toBe(2);
    expect(bad?.figures(clock.elapsed())).toMatchObject({ state: 'ready', ejections: 2 });
  });

  it('forgets failures as soon as the instance answers, and serves who waits when a pause is over', () => {
    const { clock, pool, targets: [only], admit } = setUp(1);
    admit(only);
    if (only === undefined) return;
    for (let index = 0; index < 2; index += 1) pool.failed(only);
    only.succeeded();
    for (let index = 0; index < 2; index += 1) pool.failed(only);
    expect(pool.pick('')).toBe(only);
    pool.failed(only);
    const served: (string | undefined)[] = [];
    pool.whenReady('', (target) => served.push(target?.id));
    clock.advance(1000);
    expect(served).toEqual(['web:0']);
  });

  it('pauses as long as ever when somebody sets the clock', () => {
    const { clock, pool, targets: [only], admit } = setUp(1);
    admit(only);
    if (only === undefined) return;
    for (let index = 0; index < 3; index += 1) pool.failed(only);
    clock.jump(-3_600_000);
    expect(pool.pick('')).toBeNull();
    clock.advance(1001);
    expect(pool.pick('')).toBe(only);
  });

  it('never pauses longer than 30 s', () => {
    const { clock, pool, targets: [bad], admit } = setUp(1);
    admit(bad);
    if (bad === undefined) return;
    for (let index = 0; index < 20; index += 1) {
      pool.failed(bad);
      clock.advance(30_001);
      expect(pool.pick('')).toBe(bad);
    }
  });
});

describe('a target that drains', () => {
  it('says so once, when nothing is open any more', () => {
    const { targets: [target] } = setUp(1);
    let done = 0;
    target?.began();
    target?.began();
    target?.drain(() => (done += 1));
    target?.ended();
    expect(done).toBe(0);
    target?.ended();
    target?.ended();
    expect(done).toBe(1);
  });

  it('says so at once when nothing is open', () => {
    const { targets: [target] } = setUp(1);
    let done = 0;
    target?.drain(() => (done += 1));
    expect(done).toBe(1);
  });
});
