// A shim that is to take the place of another one lives beside it for a while, at an address of its own.
import type { HomePaths } from './home.ts';

/** Environment variable of a successor: the addresses of the sockets that it inherits, as JSON. */
export const successionMark = 'TSPM_INHERITED_SOCKETS';

/** Where a successor listens and keeps its journal until it takes the place. */
export function successorPaths(paths: HomePaths): HomePaths {
  return { ...paths, shimSocket: paths.nextShimSocket, shimJournal: paths.nextShimJournal };
}
