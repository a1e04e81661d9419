// An instance leaves: it gets nothing new, finishes what it has, and ends.
import { whenDown } from '../commands/settle.ts';
import type { Engine } from '../engine.ts';
import type { Instance } from '../lifecycle/instance.ts';
import { clusterPlan, hasPreload } from './plan.ts';

/**
 * Resolves with the number of connections that were ended by force, as soon as it has nothing left or the drain timeout is over. It still
 * runs then, unless it ended by itself.
 */
export async function drain(engine: Engine, instance: Instance): Promise<number> {
  instance.desired = 'down';
  instance.draining = true;
  engine.announce(instance);
  try {
    return await (finishesAfterSignal(instance) ? askToFinish(engine, instance) : engine.clusters.drain(instance));
  } finally {
    instance.draining = false;
  }
}

/** The same, and its end. */
export async function retire(engine: Engine, instance: Instance): Promise<number> {
  const cut = await drain(engine, instance);
  instance.dispatch({ type: 'stop' });
  await whenDown(engine, instance);
  engine.removeInstance(instance);
  return cut;
}

/** It accepts for itself and nobody can tell it to stop but by its signal, which servers of this kind understand as a request. */
function finishesAfterSignal({ current }: Instance): boolean {
  return clusterPlan(current)?.mode === 'shared' && !hasPreload(current);
}

function askToFinish(engine: Engine, instance: Instance): Promise<number> {
  const { run, spec } = instance;
  engine.host.send({ type: 'signal', id: instance.hostId, run, signal: spec.killSignal, scope: 'group' });
  return new Promise((resolve) => {
    const finish = (): void => {
      stopListening();
      timer.cancel();
      resolve(0);
    };
    const timer = engine.options.clock.after(spec.drainTimeoutMs, finish);
    const stopListening = engine.onChange((changed) => {
      if (changed === instance && instance.child?.run !== run) finish();
    });
  });
}
