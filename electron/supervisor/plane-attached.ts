// What the engine does when a data plane is there: at its start, after one that died, or after one that could not be reached for a while.
import type { Engine } from './engine.ts';
import type { Concerns } from './host/process-host.ts';
import type { Attached } from './host/shim-host.ts';
import { reconcile } from './recovery.ts';

export interface Occasion {
  /** Since the supervisor came up. */
  readonly isFirst: boolean;
  /** There is no other data plane whose children may not be known yet. */
  readonly isOnly: boolean;
}

export function planeAttached(engine: Engine, { children, clusters, ended }: Attached, concerns: Concerns, { isFirst, isOnly }: Occasion): void {
  const lost = engine.everyInstance().some((one) => one.life.state === 'lost' && concerns(one.hostId, one.run));
  if (ended !== null && !isFirst) engine.notice(`the shim died and was replaced; ${ended} leftover processes were ended, the services are started again`, 'shim');
  else if (ended !== null && ended > 0) engine.notice(`${ended} leftover processes of a shim that died were ended`);
  else if (lost) engine.notice('the data plane is reached again');
  engine.clusters.forget();
  reconcile(engine, { children, clusters, concerns });
  if (isOnly) engine.namedUntil = null;
  engine.saveSoon();
}
