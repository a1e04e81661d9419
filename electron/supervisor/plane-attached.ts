// What the engine does when a data plane is there: at its start, after one that died, or after one that could not be reached for a while.
import type { Engine } from './engine.ts';
import type { Concerns } from './host/process-host.ts';
import type { Attached } from './host/shim-host.ts';
import { reconcile } from './recovery.ts';

/** `restored`: the list that it is compared with, when this is the first since the supervisor came up; `complete`: it names all that may run. */
export function planeAttached(engine: Engine, { children, clusters, ended }: Attached, concerns: Concerns, restored: { readonly complete: boolean } | null): void {
  const lost = engine.everyInstance().some((one) => one.life.state === 'lost' && concerns(one.hostId, one.run));
  if (ended !== null && restored === null) engine.notice(`the shim died and was replaced; ${ended} leftover processes were ended, the services are started again`, 'shim');
  else if (ended !== null && ended > 0) engine.notice(`${ended} leftover processes of a shim that died were ended`);
  else if (lost) engine.notice('the data plane is reached again');
  engine.clusters.forget();
  reconcile(engine, { children, clusters, concerns, complete: restored?.complete ?? true });
  engine.saveSoon();
}
