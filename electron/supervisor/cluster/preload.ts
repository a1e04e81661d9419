// What the preload inside a Node program is told, as a variable of its environment.
import type { ClusterPlan } from '../../../shared/model/balancing.ts';
import { preloadVariable, type PreloadTask } from '../../../shared/model/preload-task.ts';

export function preloadTask({ mode, port }: ClusterPlan, ownPort: number): Readonly<Record<string, string>> {
  const task: PreloadTask = { mode: mode === 'shared' ? 'shared' : 'handoff', publicPort: port, ownPort };
  return { [preloadVariable]: JSON.stringify(task) };
}
