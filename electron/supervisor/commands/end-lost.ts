// `stop` and `kill` work without a data plane too: children of instances that are lost are ended by pid and start time.
import { errorMessage } from '../../../shared/model/failure.ts';
import type { Engine } from '../engine.ts';
import type { Instance } from '../lifecycle/instance.ts';

/** Gives those that are stopped now. The others stay lost: nobody can tell whether they run. */
export async function endLost(engine: Engine, instances: readonly Instance[]): Promise<readonly Instance[]> {
  const lost = instances.filter((one) => one.life.state === 'lost' && one.desired === 'down');
  if (lost.length === 0) return [];
  const gone = await engine.host.endChildren(lost.map(directEnd)).catch((error: unknown) => {
    engine.notice(`services could not be ended without the data plane: ${errorMessage(error)}`);
    return new Set<string>();
  });
  // The data plane may be back meanwhile, and a newer command may want it up.
  const ended = lost.filter((one) => gone.has(one.hostId) && one.life.state === 'lost' && one.desired === 'down');
  for (const one of ended) one.missed();
  return ended;
}

function directEnd({ hostId, lostChild, spec }: Instance) {
  const known = lostChild === null || lostChild.pid === null || lostChild.startTime === null ? null : { pid: lostChild.pid, startTime: lostChild.startTime };
  return { id: hostId, known, signal: spec.killSignal, killTimeoutMs: spec.killTimeoutMs };
}
