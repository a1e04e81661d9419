// The mailbox: what an instance does with the news of its child, with time standing still.
import { beforeEach, describe, expect, it } from 'vitest';
import { Instance, type InstancePorts } from '../../../../electron/supervisor/lifecycle/instance.ts';
import type { ProcessSpec } from '../../../../shared/contract/spec.ts';
import { manualClock, type ManualClock } from '../../../helpers/manual-clock.ts';
import { makeSpec } from '../../../helpers/specs.ts';

const crash = { code: 1, signal: null };

interface World {
  readonly clock: ManualClock;
  readonly deeds: string[];
  dependencies: boolean;
  ready: () => void;
  failed: () => void;
  groupDone: (() => void) | null;
  holdGroup: boolean;
}

function makeWorld(): World {
  return { clock: manualClock(), deeds: [], dependencies: true, ready: () => undefined, failed: () => undefined, groupDone: null, holdGroup: false };
}

function makeInstance(world: World, own: Partial<ProcessSpec> = {}): Instance {
  const ports: InstancePorts = {
    clock: world.clock,
    random: () => 0.5,
    dependenciesReady: () => world.dependencies,
    spawn: (_instance, run) => world.deeds.push(`spawn ${run}`),
    terminate: (_instance, run, signal) => world.deeds.push(`${signal} ${run}`),
    groupGone: (_pid, _mayWait, _limit, done) => {
      if (world.holdGroup) world.groupDone = done;
      else done();
    },
    watchReadiness: (_instance, ready, failed) => {
      world.ready = ready;
      world.failed = failed;
      return { cancel: () => undefined };
    },
    exited: () => undefined,
    acknowledge: (_instance, run) => world.deeds.push(`ack ${run}`),
    changed: () => undefined,
  };
  const seed = { id: 0, desired: 'up', run: 0, restarts: 0, life: { state: 'stopped' } } as const;
  return new Instance(makeSpec(own), 0, seed, ports);
}

describe('Instance', () => {
  let world: World;
  beforeEach(() => {
    world = makeWorld();
  });

  const online = (own: Partial<ProcessSpec> = {}): Instance => {
    const instance = makeInstance(world, own);
    instance.dispatch({ type: 'start' });
    instance.spawned(instance.run, 4711, '99', world.clock.now());
    world.ready();
    expect(instance.life.state).toBe('online');
    world.deeds.length = 0;
    return instance;
  };

  it('waits for dependencies, and spawns when released', () => {
    world.dependencies = false;
    const instance = makeInstance(world);
    instance.dispatch({ type: 'start' });
    expect(instance.life.state).toBe('waiting');
    expect(world.deeds).toEqual([]);
    instance.dispatch({ type: 'released' });
    expect(world.deeds).toEqual(['spawn 1']);
  });

  it('comes back after a crash when the delay is over, with a new run', () => {
    const instance = online();
    instance.ended(1, crash, world.clock.now());
    expect(instance.life.state).toBe('backoff');
    expect(instance.restarts).toBe(1);
    world.clock.advance(99);
    expect(world.deeds).toEqual(['ack 1']);
    world.clock.advance(1);
    expect(world.deeds).toEqual(['ack 1', 'spawn 2']);
  });

  it('measures how long a child has run by a clock that nobody can set', () => {
    const instance = online();
    world.clock.advance(400);
    world.clock.jump(-3_600_000);
    instance.ended(1, crash, world.clock.now());
    expect(instance.lastFailure).toBe('exited with code 1 after 400 ms');
  });

  it('comes back in the same turn when there is no delay', () => {
    const instance = online({ restartDelayMs: 0 });
    instance.ended(1, crash, world.clock.now());
    expect(world.deeds).toEqual(['spawn 2', 'ack 1']);
  });

  it('drops news and timers of an older run', () => {
    const instance = online();
    const staleReady = world.ready;
    instance.ended(1, crash, world.clock.now());
    world.clock.advance(100);
    expect(instance.life.state).toBe('starting');
    staleReady();
    instance.ended(1, crash, world.clock.now());
    instance.spawned(1, 1, '1', 0);
    expect(instance.life.state).toBe('starting');
    expect(instance.child?.pid).toBeNull();
  });

  it('kills the group when the signal is ignored, and not when it was obeyed', () => {
    const stubborn = online();
    stubborn.desired = 'down';
    stubborn.dispatch({ type: 'stop' });
    world.clock.advance(500);
    expect(world.deeds).toEqual(['SIGTERM 1', 'SIGKILL 1']);

    world = makeWorld();
    const polite = online();
    polite.desired = 'down';
    polite.dispatch({ type: 'stop' });
    polite.ended(1, { code: 0, signal: null }, world.clock.now());
    world.clock.advance(5000);
    expect(world.deeds).toEqual(['SIGTERM 1', 'ack 1']);
    expect(polite.life.state).toBe('stopped');
    expect(world.clock.pending).toBe(0);
  });

  it('has no second child while the group of the first one lives', () => {
    world.holdGroup = true;
    const instance = online({ restartDelayMs: 0 });
    instance.dispatch({ type: 'restart' });
    instance.ended(1, { code: 0, signal: null }, world.clock.now());
    expect(world.deeds).toEqual(['SIGTERM 1']);
    world.groupDone?.();
    expect(world.deeds).toEqual(['SIGTERM 1', 'spawn 2', 'ack 1']);
  });

  it('lets the newest wish win while it stops', () => {
    const instance = online();
    instance.desired = 'down';
    instance.dispatch({ type: 'stop' });
    instance.desired = 'up';
    instance.dispatch({ type: 'start' });
    instance.ended(1, { code: 0, signal: null }, world.clock.now());
    expect(instance.life.state).toBe('starting');
    expect(world.deeds).toEqual(['SIGTERM 1', 'spawn 2', 'ack 1']);
  });

  it('counts a ready timeout as a failure', () => {
    const instance = makeInstance(world, { port: 3000 });
    instance.dispatch({ type: 'start' });
    instance.spawned(1, 4711, '99', world.clock.now());
    world.failed();
    expect(instance.life.state).toBe('stopping');
    instance.ended(1, { code: null, signal: 'SIGTERM' }, world.clock.now());
    expect(instance.life).toMatchObject({ state: 'backoff', reason: expect.stringContaining('port 3000') as unknown });
  });

  it('does not restart what shall be down when it crashes before its turn to stop', () => {
    const instance = online();
    instance.desired = 'down';
    instance.ended(1, crash, world.clock.now());
    expect(instance.life.state).toBe('stopped');
  });

  it('starts again after the data plane was lost, without counting it', () => {
    const instance = online();
    instance.lose('it is gone');
    expect(instance).toMatchObject({ life: { state: 'lost', reason: 'it is gone' }, pid: null, lostChild: { pid: 4711 } });
    instance.missed();
    expect(world.deeds).toEqual(['spawn 2']);
    expect(instance.restarts).toBe(0);
  });

  it('gives up after maxRestarts, and a start by hand gives a new budget', () => {
    const instance = online({ restartDelayMs: 0, maxRestarts: 2 });
    for (let run = 1; run <= 3; run++) instance.ended(run, crash, world.clock.now());
    expect(instance.life.state).toBe('errored');
    instance.dispatch({ type: 'start' });
    instance.ended(4, crash, world.clock.now());
    expect(instance.life.state).toBe('starting');
  });
});
