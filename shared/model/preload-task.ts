// What TSPM's preload inside a Node program is told when it starts.

/** Environment variable that holds the task. It is gone when the program's own code begins. */
export const preloadVariable = 'TSPM_PRELOAD';

/** As JSON in `preloadVariable`. */
export interface PreloadTask {
  readonly mode: 'handoff' | 'shared';
  /** What the program may ask to listen on: the cluster's port and its own. */
  readonly publicPort: number;
  readonly ownPort: number;
}
