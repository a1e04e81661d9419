// The stand-in for the module `electron`, as the main process sees it. Names are checked against Electron's own types
// here, and signatures in each part by `implements` or `satisfies`; what is not here throws when it is touched.
import type * as Electron from 'electron';
import { withoutTheRest } from '../values/without-the-rest.ts';
import { StandInApp } from './app.ts';
import { allWindows, browserWindowClass, type WindowHost } from './browser-window.ts';
import { dialog } from './dialog.ts';
import { ipcMain } from './ipc-main.ts';
import { Menu, MenuItem, roleActions } from './menu.ts';
import { nativeImage } from './native-image.ts';
import { nativeTheme } from './native-theme.ts';
import { Notification } from './notification.ts';
import { createProtocol } from './protocol.ts';
import { defaultSession } from './session.ts';
import { screen } from './screen.ts';
import { shell } from './shell.ts';
import { Tray } from './tray.ts';

/** The names that the stand-in has; a misspelt one does not compile. */
type Part = { readonly [Name in keyof typeof Electron]?: unknown };

export interface StandIn {
  readonly app: StandInApp;
  readonly electron: object;
}

export function createStandIn(main: string, host: Pick<WindowHost, 'scripts' | 'browser'>): StandIn {
  const app = withoutTheRest('app', new StandInApp(main));
  const protocol = createProtocol(() => app.isReady());
  defaultSession.protocol = protocol.protocol;
  app.attach({
    count: () => allWindows().length,
    closeAll: () => allWindows().forEach((window) => window.close()),
    destroyAll: () => allWindows().forEach((window) => window.destroy()),
  });
  roleActions.quit = () => app.quit();
  const electron = {
    app,
    BrowserWindow: browserWindowClass({ ...host, app, protocol }),
    Menu,
    MenuItem,
    Notification,
    Tray,
    dialog,
    ipcMain,
    nativeImage: withoutTheRest('nativeImage', nativeImage),
    nativeTheme,
    protocol: protocol.protocol,
    screen,
    session: withoutTheRest('session', { defaultSession }),
    shell,
  } satisfies Part;
  return { app, electron: withoutTheRest('module electron', electron) };
}
