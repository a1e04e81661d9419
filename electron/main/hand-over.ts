// The application goes and its services stay: the engine is let go of, and a headless one goes on with it.
import type { HomePaths } from '../../shared/model/home.ts';
import { launchDaemon } from '../transport/launch.ts';
import type { EngineLink } from './engine-link.ts';

/** Throws `engine-unreachable` when no headless engine comes up; the services run on all the same. */
export async function handOver(link: EngineLink, paths: HomePaths, daemon: string, successor: boolean): Promise<void> {
  const hosted = link.state === 'hosting';
  await link.release();
  if (hosted && successor) await launchDaemon(paths, { entry: daemon });
}
