// Another host for a home that has one, and one for a home that was let go of.
import { launchDaemon } from '../../electron/transport/launch.ts';
import type { HostedHome } from '../../electron/transport/serve-home.ts';
import type { HomePaths } from '../../shared/model/home.ts';
import { built, hostHome } from './host-home.ts';

/** Asks for the home, and hosts its engine in the test's own process. */
export function takeOver(paths: HomePaths, left: (why: string) => void = () => undefined): Promise<HostedHome | null> {
  return hostHome({ paths, kind: 'desktop', takeOver: true, left });
}

export function headless(paths: HomePaths): Promise<void> {
  return launchDaemon(paths, { entry: built('daemon.cjs') });
}
