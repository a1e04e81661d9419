// Chooses the transport, once, at the entry: the desktop's preload where there is one, else the server that the page came from.
import { createBridgeHost } from './bridge-host.ts';
import { createBrowserHost } from './browser-host.ts';
import type { Host } from './host.ts';

export function connectHost(): Host {
  return window.tspm === undefined ? createBrowserHost() : createBridgeHost(window.tspm);
}
