// BrowserWindow of the stand-in: a page of Chromium and, since Chromium runs without a screen, what a window manager would know
// of it: visible, focused, minimized. Not faithful: a hidden page does not notice that it is hidden.
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { BrowserWindow as ElectronBrowserWindow, BrowserWindowConstructorOptions, Rectangle } from 'electron';
import type { Browser } from '../chromium/browser.ts';
import { openPage, type PageScripts } from '../chromium/window-page.ts';
import { withoutTheRest } from '../values/without-the-rest.ts';
import type { StandInApp } from './app.ts';
import { emitPreventable } from './events.ts';
import { checkPreferences } from './check-preferences.ts';
import { nativeTheme } from './native-theme.ts';
import type { OwnProtocol } from './protocol.ts';
import { StandInWebContents } from './web-contents.ts';

export interface WindowHost {
  readonly app: StandInApp;
  readonly protocol: OwnProtocol;
  readonly scripts: PageScripts;
  browser(): Promise<Browser>;
}

const all = new Map<number, StandInBrowserWindow>();
let lastId = 0;

export const allWindows = (): readonly StandInBrowserWindow[] => [...all.values()];

export class StandInBrowserWindow
  extends EventEmitter
  implements
    Pick<
      ElectronBrowserWindow,
      | 'id' | 'loadURL' | 'show' | 'showInactive' | 'hide' | 'focus' | 'blur' | 'close' | 'destroy' | 'isVisible' | 'isFocused' | 'isDestroyed' | 'isMinimized' | 'isMaximized' | 'minimize' | 'restore'
      | 'maximize' | 'unmaximize' | 'isFullScreen' | 'getBounds' | 'getNormalBounds' | 'setBounds' | 'getTitle' | 'setTitle' | 'setMenu' | 'removeMenu' | 'setMenuBarVisibility' | 'setIcon' | 'setBackgroundColor' | 'moveTop' | 'reload'
    >
{
  readonly id = ++lastId;
  readonly webContents: StandInWebContents;
  /** DevTools' name of the page; null until Chromium has made it. */
  targetId: string | null = null;
  private readonly app: StandInApp;
  private visible: boolean;
  private focused = false;
  private minimized = false;
  private maximized = false;
  private destroyed = false;
  private title: string;
  private bounds: Rectangle;

  constructor(options: BrowserWindowConstructorOptions, host: WindowHost) {
    super();
    checkPreferences(options.webPreferences ?? {});
    this.app = host.app;
    this.title = options.title ?? host.app.name;
    this.visible = options.show ?? true;
    this.focused = this.visible;
    this.bounds = { x: options.x ?? 0, y: options.y ?? 0, width: options.width ?? 800, height: options.height ?? 600 };
    const contents = new StandInWebContents(this.id, host.protocol);
    this.webContents = withoutTheRest('webContents', contents);
    const { preload } = options.webPreferences ?? {};
    const page = host
      .browser()
      .then((browser) => openPage(browser, { ...this.bounds, preload: preload === undefined ? null : readFileSync(preload, 'utf8'), scripts: host.scripts }, contents))
      .then(async (opened) => {
        this.targetId = opened.targetId;
        const paint = () => opened.colourScheme(nativeTheme.shouldUseDarkColors);
        nativeTheme.on('updated', paint);
        contents.once('destroyed', () => nativeTheme.off('updated', paint));
        await paint();
        return opened;
      });
    contents.attach(this.webContents, page, () => this.gone());
    contents.on('page-title-updated', (_event, title: string) => {
      if (!emitPreventable(this, 'page-title-updated', {}, title, true)) this.title = title;
    });
    contents.once('did-finish-load', () => this.emit('ready-to-show', {}));
    all.set(this.id, this);
    // Later, when the application knows the window by what it was handed.
    setImmediate(() => host.app.emit('browser-window-created', {}, all.get(this.id)));
    host.app.emit('web-contents-created', {}, this.webContents);
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }

  reload(): void {
    this.webContents.reload();
  }

  show(): void {
    this.minimized = false;
    if (!this.visible) {
      this.visible = true;
      this.emit('show', {});
    }
    this.focus();
  }

  showInactive(): void {
    if (this.visible) return;
    this.visible = true;
    this.emit('show', {});
  }

  hide(): void {
    if (!this.visible) return;
    this.blur();
    this.visible = false;
    this.emit('hide', {});
  }

  focus(): void {
    if (!this.visible || this.focused) return;
    for (const other of all.values()) if (other.id !== this.id) other.blur();
    this.focused = true;
    this.emit('focus', {});
  }

  blur(): void {
    if (!this.focused) return;
    this.focused = false;
    this.emit('blur', {});
  }

  minimize(): void {
    this.minimized = true;
    this.blur();
    this.emit('minimize', {});
  }

  restore(): void {
    if (!this.minimized) return;
    this.minimized = false;
    this.emit('restore', {});
    this.focus();
  }

  maximize(): void {
    this.maximized = true;
    this.emit('maximize', {});
  }

  unmaximize(): void {
    this.maximized = false;
    this.emit('unmaximize', {});
  }

  /** May be refused by a listener of `close`; then the application does not quit either. */
  close(): void {
    if (this.destroyed) return;
    if (emitPreventable(this, 'close')) this.app.quitRefused();
    else this.destroy();
  }

  /** Ends the window without asking. */
  destroy(): void {
    if (this.destroyed) return;
    const page = this.webContents.closePage();
    this.gone();
    // The browser may be on its way out with the whole application.
    page.catch(() => null);
  }

  private gone(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    this.visible = false;
    this.focused = false;
    all.delete(this.id);
    this.emit('closed', {});
    if (all.size === 0) this.app.allWindowsClosed();
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }

  isVisible(): boolean {
    return this.visible;
  }

  isFocused(): boolean {
    return this.focused;
  }

  isMinimized(): boolean {
    return this.minimized;
  }

  isMaximized(): boolean {
    return this.maximized;
  }

  isFullScreen(): boolean {
    return false;
  }

  getTitle(): string {
    return this.title;
  }

  setTitle(title: string): void {
    this.title = title;
  }

  getBounds(): Rectangle {
    return this.bounds;
  }

  getNormalBounds(): Rectangle {
    return this.bounds;
  }

  setBounds(bounds: Partial<Rectangle>): void {
    this.bounds = { ...this.bounds, ...bounds };
    this.emit('resize', {});
  }

  // What only a screen shows.
  setMenu(): void {}
  removeMenu(): void {}
  setMenuBarVisibility(): void {}
  setIcon(): void {}
  setBackgroundColor(): void {}
  moveTop(): void {}
}

/** The class that the application gets: its windows know the browser. */
export function browserWindowClass(host: WindowHost): object {
  const known = (id: number | undefined) => all.get(id ?? -1) ?? null;
  const Class = new Proxy(StandInBrowserWindow, {
    construct: (Original, [options]: [BrowserWindowConstructorOptions?]) => {
      const window = withoutTheRest('BrowserWindow', new Original(options ?? {}, host));
      all.set(window.id, window);
      return window;
    },
  });
  return Object.assign(Class, {
    getAllWindows: () => [...all.values()],
    getFocusedWindow: () => allWindows().find((window) => window.isFocused()) ?? null,
    fromId: known,
    fromWebContents: (contents: { readonly id: number }) => known(contents.id),
  });
}
