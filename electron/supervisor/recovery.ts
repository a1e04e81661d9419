// A new supervisor finds the truth: what shall run is on disk, what does run is known to the shim.
import { describeExit } from '../../shared/model/process-state.ts';
import type { ShimChild } from '../../shared/model/shim-protocol.ts';
import type { Engine } from './engine.ts';
import type { Instance } from './lifecycle/instance.ts';
import { EnvironmentPool } from './registry/environment.ts';
import type { Status } from './state/status-file.ts';

/** As long as the default of killTimeout. */
const disownedKillMs = 5000;

/** Makes the list from the state file. Nothing is started yet. */
export function restoreList(engine: Engine, status: Status): void {
  const environments = new EnvironmentPool(status.environments);
  const known = (hash: string): string => (environments.has(hash) ? hash : environments.add({}));
  engine.environments = environments;
  engine.nextId = status.nextId;
  for (const { spec, instances } of status.processes) {
    engine.list.set(spec.name, {
      spec,
      instances: instances.map(({ id, instance, desired, run, restarts, environment, settled, applied }) => {
        const restored = engine.createInstance(spec, instance, { id, desired, run, restarts, life: settled ?? { state: 'stopped' } }, known(environment));
        restored.applied = applied ?? spec;
        return restored;
      }),
    });
  }
}

/** Takes over the children that live, hears of the exits that nobody saw, ends what should not run, starts what should. */
export function reconcile(engine: Engine, children: readonly ShimChild[]): void {
  const held = new Set<Instance>();
  for (const child of children) {
    const instance = engine.list.find(child.id);
    if (instance === undefined) disown(engine, child);
    else held.add(takeOver(engine, instance, child));
  }
  for (const instance of engine.list.instances()) {
    const atRest = instance.life.state === 'exited' || instance.life.state === 'errored';
    if (instance.desired === 'up' && !atRest && !held.has(instance)) instance.dispatch({ type: 'start' });
  }
}

function takeOver(engine: Engine, instance: Instance, child: ShimChild): Instance {
  instance.adopt({ run: child.run, pid: child.pid, startTime: child.startTime, startedAt: child.startedAt }, instance.applied ?? instance.spec);
  if (child.exit !== null) {
    const { at, ...exit } = child.exit;
    engine.notice(`${instance.key} ${describeExit(exit)} while no supervisor was there`);
    instance.endedUnseen(child.run, exit, at);
  } else if (instance.desired === 'down') {
    instance.dispatch({ type: 'stop' });
  }
  return instance;
}

/** A child of a process that was deleted, or whose state file was lost. It is asked to end, and killed if it does not. */
function disown(engine: Engine, { id, run, exit, pid }: ShimChild): void {
  if (exit !== null) {
    engine.host.send({ type: 'acknowledge', id, run });
    return;
  }
  engine.notice(`${id} (pid ${pid}) runs, but is not in the list any more: it is ended`);
  engine.host.send({ type: 'signal', id, run, signal: 'SIGTERM', scope: 'group' });
  engine.options.clock.after(disownedKillMs, () => engine.host.send({ type: 'signal', id, run, signal: 'SIGKILL', scope: 'group' }));
}
