// A second child of an instance, started beside the first: it takes over when it has proved that it can, and vanishes when not.
import { hostId } from '../../../shared/model/shim-protocol.ts';
import { overtakenReason } from '../commands/outcomes.ts';
import { whenDown } from '../commands/settle.ts';
import type { Engine } from '../engine.ts';
import type { Instance } from '../lifecycle/instance.ts';

export type Proof = { readonly ok: true; readonly successor: Instance } | { readonly ok: false; readonly reason: string };

/** `environment`: hash of what it inherits. Resolves when it is ready and has lived for `minUptime`, or with the reason why it is not to be. */
export async function raiseSuccessor(engine: Engine, instance: Instance, environment: string): Promise<Proof> {
  const { spec, instance: number, id, run, restarts, seat, kept } = instance;
  const seed = { id, desired: 'up', run, restarts, life: { state: 'stopped' }, seat: seat === 0 ? 1 : 0, kept } as const;
  await seatFree(engine, hostId(spec.name, number, seed.seat));
  if (isOvertaken(engine, instance)) return { ok: false, reason: overtakenReason };
  const successor = engine.createInstance(spec, number, seed, environment);
  successor.dispatch({ type: 'start' });
  const reason = await proof(engine, instance, successor);
  if (reason === null) return { ok: true, successor };
  await dismiss(engine, successor);
  return { ok: false, reason };
}

/** It has the instance's place in the list from now on, and its traffic. What it replaces is no longer wanted, whatever comes next. */
export function takeOver(engine: Engine, instance: Instance, successor: Instance): void {
  const instances = engine.list.get(instance.spec.name)?.instances ?? [];
  instances.splice(instances.indexOf(instance), 1, successor);
  instance.desired = 'down';
  engine.clusters.admit(successor);
  engine.announce(successor);
}

/** Who drains there since before this supervisor came has the place until it is gone. */
async function seatFree(engine: Engine, seat: string): Promise<void> {
  const earlier = engine.find(seat);
  if (earlier === undefined) return;
  await whenDown(engine, earlier);
  if (engine.find(seat) === earlier) engine.removeInstance(earlier);
}

export async function dismiss(engine: Engine, successor: Instance): Promise<void> {
  successor.desired = 'down';
  successor.dispatch({ type: 'stop' });
  await whenDown(engine, successor);
  engine.removeInstance(successor);
}

/** A newer command wants nobody in this place, or somebody else. */
function isOvertaken(engine: Engine, instance: Instance): boolean {
  return !engine.isSeated(instance) || instance.desired === 'down';
}

/** null when it is ready and old enough. */
function proof(engine: Engine, instance: Instance, successor: Instance): Promise<string | null> {
  const { clock } = engine.options;
  return new Promise((resolve) => {
    const finish = (reason: string | null): void => {
      stopListening();
      resolve(reason);
    };
    const look = (): void => {
      const { life, child } = successor;
      if (isOvertaken(engine, instance)) finish(overtakenReason);
      else if (life.state === 'online' && child !== null) {
        const missingMs = child.since + successor.spec.minUptimeMs - clock.elapsed();
        if (missingMs <= 0) finish(null);
        else clock.after(missingMs, look);
      } else if (life.state === 'waiting') {
        const { state, on } = engine.dependencyState(successor.spec);
        if (state === 'impossible') finish(`${on}, which it depends on, is not running`);
      } else if (life.state === 'lost') finish(life.reason);
      else if (['backoff', 'errored', 'exited', 'stopped'].includes(life.state)) finish(successor.lastFailure || `it is ${life.state}`);
    };
    const stopListening = engine.onChange((changed) => {
      if (changed === successor || changed === instance || successor.life.state === 'waiting') look();
    });
    look();
  });
}
