// Another host for a home that has one: it asks for the home and hosts the engine in the test's own process.
import { fileURLToPath } from 'node:url';
import { launchDaemon } from '../../electron/transport/launch.ts';
import { serveHome, type HostedHome } from '../../electron/transport/serve-home.ts';
import type { HomePaths } from '../../shared/model/home.ts';

const built = (name: string): string => fileURLToPath(new URL(`../../out/${name}`, import.meta.url));

export function takeOver(paths: HomePaths, left: (why: string) => void = () => undefined): Promise<HostedHome | null> {
  return serveHome({
    paths,
    kind: 'desktop',
    shimCommand: [built('shim.cjs'), '--daemon', built('daemon.cjs')],
    preload: built('preload.cjs'),
    assets: built('renderer'),
    takeOver: true,
    log: () => undefined,
    left,
  });
}

/** A headless engine for a home that was let go of. */
export function headless(paths: HomePaths): Promise<void> {
  return launchDaemon(paths, { entry: built('daemon.cjs') });
}
