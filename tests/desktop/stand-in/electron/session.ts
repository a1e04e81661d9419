// session.defaultSession of the stand-in: the application's word on permissions. Not faithful: the handlers are asked when a page
// loads, once for each permission that Chromium lets the stand-in set, and not when the page asks.
import { EventEmitter } from 'node:events';
import type { Session as ElectronSession } from 'electron';
import { withoutTheRest } from '../values/without-the-rest.ts';

type RequestHandler = NonNullable<Parameters<ElectronSession['setPermissionRequestHandler']>[0]>;
type CheckHandler = NonNullable<Parameters<ElectronSession['setPermissionCheckHandler']>[0]>;

/** Chromium's name of a permission (DevTools: Browser.setPermission) and Electron's. */
export const permissions = [
  { chromium: 'notifications', electron: 'notifications' },
  { chromium: 'geolocation', electron: 'geolocation' },
  { chromium: 'camera', electron: 'media' },
  { chromium: 'microphone', electron: 'media' },
  { chromium: 'clipboard-read', electron: 'clipboard-read' },
  { chromium: 'clipboard-write', electron: 'clipboard-sanitized-write' },
  { chromium: 'idle-detection', electron: 'idle-detection' },
] as const;

export class StandInSession
  extends EventEmitter
  implements Pick<ElectronSession, 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler' | 'setSpellCheckerEnabled' | 'getUserAgent'>
{
  protocol: object = {};
  private requestHandler: RequestHandler | null = null;
  private checkHandler: CheckHandler | null = null;

  readonly webRequest = withoutTheRest('session.webRequest', {});

  setPermissionRequestHandler(handler: RequestHandler | null): void {
    this.requestHandler = handler;
  }

  setPermissionCheckHandler(handler: CheckHandler | null): void {
    this.checkHandler = handler;
  }

  /** The stand-in's pages have no devices to give. */
  setDevicePermissionHandler(): void {}

  setSpellCheckerEnabled(): void {}

  getUserAgent(): string {
    return 'stand-in';
  }

  /** Without handlers everything is granted, as in Electron. */
  allows(permission: (typeof permissions)[number]['electron'], webContents: object, url: string): boolean {
    const contents = webContents as Parameters<RequestHandler>[0];
    const details = { isMainFrame: true, requestingUrl: url, securityOrigin: url };
    if (this.checkHandler?.(contents, permission, originOf(url), details as Parameters<CheckHandler>[3]) === false) return false;
    let granted = this.requestHandler === null;
    this.requestHandler?.(contents, permission, (answer) => (granted = answer), details as Parameters<RequestHandler>[3]);
    return granted;
  }
}

/** As Electron gives it; `URL` knows no origins of own schemes. */
function originOf(url: string): string {
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}/`;
}

export const defaultSession = withoutTheRest('session', new StandInSession());
