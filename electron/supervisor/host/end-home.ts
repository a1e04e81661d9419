// The end of everything in a home where no engine can be had: by the journals and the marks on the services, each by pid and start time.
import { systemClock } from '../../../shared/model/clock.ts';
import type { HomePaths } from '../../../shared/model/home.ts';
import { successorPaths } from '../../../shared/model/succession.ts';
import { homeId } from '../../platform/home.ts';
import { endShim } from './end-directly.ts';
import { endLeftovers, readJournal } from './leftovers.ts';

/** Gives how many services were ended. Nobody may serve the home meanwhile. */
export async function endHome(paths: HomePaths): Promise<number> {
  let ended = 0;
  for (const one of [paths, successorPaths(paths)]) {
    ended += await endLeftovers(systemClock, await readJournal(one.shimJournal), homeId(paths.home), []);
    await endShim(systemClock, one, null);
  }
  return ended;
}
