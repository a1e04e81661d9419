// The one window: made when it is asked for, gone when it is closed, and back where it was the next time.
import { BrowserWindow, screen, type BrowserWindowConstructorOptions } from 'electron';
import { errorMessage } from '../../shared/model/failure.ts';
import { startPage } from './page-address.ts';
import { smallestWindow, windowPlace, type WindowBounds } from './window-bounds.ts';

export interface MainWindow {
  /** Makes it, or brings it to the front. */
  show(): void;
  /** Whether this is the page of the window. */
  isPage(page: { readonly id: number }): boolean;
}

export interface MainWindowOptions {
  readonly preload: string;
  readonly icon: string;
  readonly lastBounds: () => WindowBounds | null;
  readonly keepBounds: (bounds: WindowBounds) => void;
  readonly log: (message: string) => void;
}

/** A page that ends this often within this time is not loaded again by itself; whoever opens the window tries once more. */
const maxReloads = 3;
const reloadWindowMs = 60_000;

export function createMainWindow({ preload, icon, lastBounds, keepBounds, log }: MainWindowOptions): MainWindow {
  let window: BrowserWindow | null = null;
  /** When the page was loaded again because it had ended. */
  let reloads: readonly number[] = [];

  function make(): BrowserWindow {
    const { width, height, at, maximized } = windowPlace(lastBounds(), screen.getAllDisplays().map(({ workArea }) => workArea));
    const options: BrowserWindowConstructorOptions = {
      width,
      height,
      ...at,
      minWidth: smallestWindow.width,
      minHeight: smallestWindow.height,
      title: 'TSPM',
      icon,
      show: false,
      autoHideMenuBar: true,
      webPreferences: { preload, contextIsolation: true, sandbox: true, nodeIntegration: false, webSecurity: true, webviewTag: false, spellcheck: false },
    };
    const made = new BrowserWindow(options);
    if (maximized) made.maximize();
    made.once('ready-to-show', () => made.show());
    made.on('close', () => keepBounds({ ...made.getNormalBounds(), maximized: made.isMaximized() }));
    made.once('closed', () => (window = null));
    made.webContents.on('render-process-gone', (_event, { reason }) => {
      log(`the page of the window ended: ${reason}`);
      if (reason === 'clean-exit' || made.isDestroyed()) return;
      reloads = [...reloads, performance.now()].slice(-maxReloads - 1);
      if (reloads.length > maxReloads && performance.now() - (reloads[0] ?? 0) < reloadWindowMs) {
        log('the page ends again and again: it is left');
        made.destroy();
        return;
      }
      made.webContents.reload();
    });
    made.loadURL(startPage).catch((error: unknown) => log(`the page cannot be shown: ${errorMessage(error)}`));
    return made;
  }

  return {
    show() {
      if (window === null) {
        window = make();
        return;
      }
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
    isPage: ({ id }) => window?.webContents.id === id,
  };
}
