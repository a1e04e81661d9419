// What a person can do with processes, and the words for it.

export const processActions = ['start', 'stop', 'restart', 'reload', 'delete'] as const;
export type ProcessAction = (typeof processActions)[number];
export type Action = ProcessAction | 'scale';

interface ActionWords {
  readonly label: string;
  /** While it is being done. */
  readonly doing: string;
  /** The heading when it went wrong, before the name. */
  readonly failed: string;
}

export const actionWords: Readonly<Record<Action, ActionWords>> = {
  start: { label: 'Start', doing: 'Starting', failed: 'Could not start' },
  stop: { label: 'Stop', doing: 'Stopping', failed: 'Could not stop' },
  restart: { label: 'Restart', doing: 'Restarting', failed: 'Could not restart' },
  reload: { label: 'Reload', doing: 'Reloading', failed: 'Could not reload' },
  delete: { label: 'Delete', doing: 'Deleting', failed: 'Could not delete' },
  scale: { label: 'Scale', doing: 'Scaling', failed: 'Could not scale' },
};
