// Changed settings of clusters that are open take effect at once: another strategy, other weights, another port.
import { Failure } from '../../../shared/model/failure.ts';
import type { Engine } from '../engine.ts';
import { changesSocket, clusterPlan } from './plan.ts';

/** Throws a Failure when the data plane refuses; the cluster goes on as before then. */
export async function refreshClusters(engine: Engine, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const managed = engine.list.get(name);
    if (managed === undefined || !engine.clusters.isOpen(name) || clusterPlan(managed.spec) === null) continue;
    if (managed.instances.some((one) => changesSocket(one.current, managed.spec))) {
      // Another kind of socket on the same address: it is opened for the first instance that is restarted.
      engine.clusters.close(name);
      continue;
    }
    const problem = await engine.clusters.ensure(managed.spec);
    if (problem !== null) throw new Failure('failed', `${name}: ${problem}. Its settings are as before.`);
    for (const instance of managed.instances.filter((one) => one.life.state === 'online' && !one.draining)) {
      engine.clusters.admit(instance);
      engine.announce(instance);
    }
  }
}
