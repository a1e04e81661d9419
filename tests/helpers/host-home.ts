// Hosts an engine in the test's own process, with the built shim, daemon and pages.
import { fileURLToPath } from 'node:url';
import { serveHome, type HostedHome, type ServeHomeOptions } from '../../electron/transport/serve-home.ts';

export const built = (name: string): string => fileURLToPath(new URL(`../../out/${name}`, import.meta.url));

export function hostHome(own: Pick<ServeHomeOptions, 'paths' | 'kind' | 'takeOver' | 'left'>): Promise<HostedHome | null> {
  return serveHome({ ...own, shimCommand: [built('shim.cjs'), '--daemon', built('daemon.cjs')], preload: built('preload.cjs'), assets: built('renderer'), log: () => undefined });
}
