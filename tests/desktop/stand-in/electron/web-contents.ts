// webContents of the stand-in: navigation, requests and messages of a window's page.
import { EventEmitter } from 'node:events';
import type { WebContents, WindowOpenHandlerResponse } from 'electron';
import type { PausedRequest } from '../chromium/fulfil.ts';
import type { PageOwner, WindowPage } from '../chromium/window-page.ts';
import type { FromPage, ToPage } from '../page/page-messages.ts';
import { encodeClone } from '../values/clone-codec.ts';
import { emitPreventable } from './events.ts';
import { noteFailure } from './failures.ts';
import { ipcMain } from './ipc-main.ts';
import type { OwnProtocol } from './protocol.ts';
import { fromPage, headerToPage, toPage } from './schemes.ts';
import { defaultSession, permissions, type StandInSession } from './session.ts';
import { createMainFrame, type MainFrame } from './main-frame.ts';

type WindowOpenHandler = (details: { url: string; frameName: string; features: string; disposition: 'foreground-tab' }) => WindowOpenHandlerResponse;

const loadable = new Set(['about:', 'data:', 'blob:']);

export class StandInWebContents
  extends EventEmitter
  implements Pick<WebContents, 'id' | 'send' | 'getURL' | 'getTitle' | 'reload' | 'isDestroyed' | 'isLoading' | 'isCrashed' | 'focus' | 'getType'>, PageOwner
{
  readonly session: StandInSession = defaultSession;
  readonly id: number;
  readonly mainFrame: MainFrame;
  private readonly protocol: OwnProtocol;
  private page: Promise<WindowPage> | null = null;
  /** What has been opened already, for what cannot wait. */
  private opened: WindowPage | null = null;
  private url = '';
  private title = '';
  private destroyed = false;
  private crashedNow = false;
  private loading = false;
  /** Address in Chromium of a load that the application itself has begun. */
  private own: string | null = null;
  private opensWindow: WindowOpenHandler | null = null;
  private onClosed: () => void = () => undefined;
  private handOut: object = this;

  constructor(id: number, protocol: OwnProtocol) {
    super();
    this.id = id;
    this.protocol = protocol;
    this.mainFrame = createMainFrame(id, { url: () => this.url, isDestroyed: () => this.destroyed, send: (channel, ...args) => this.send(channel, ...args) });
  }

  /** `handOut` is what the application knows this object by. */
  attach(handOut: object, page: Promise<WindowPage>, onClosed: () => void): void {
    this.handOut = handOut;
    this.page = page;
    this.onClosed = onClosed;
    page.then(
      (opened) => (this.opened = opened),
      (error: unknown) => noteFailure(`a window cannot be opened: ${String(error)}`),
    );
  }

  async loadURL(url: string): Promise<void> {
    const page = await this.attached();
    const target = toPage(url, this.protocol.schemes);
    if (target === url && !/^https?:/.test(url) && !loadable.has(new URL(url).protocol)) throw loadError('ERR_UNKNOWN_URL_SCHEME', url);
    this.own = target;
    this.loading = true;
    await this.applyPermissions(page, url, target);
    const finished = new Promise<void>((resolve, reject) => {
      this.once('did-finish-load', resolve);
      this.once('preload-error', (_event, file: string, error: Error) => reject(new Error(`Unable to load preload script: ${file}: ${error.message}`)));
    });
    // A page whose preload fails is not waited for twice.
    finished.catch(() => null);
    try {
      await page.navigate(target);
    } catch (error) {
      this.loading = false;
      const failed = loadError((error as Error).message.replace('net::', ''), url);
      this.emit('did-fail-load', {}, -1, failed.message, url, true);
      throw failed;
    }
    await finished;
  }

  private async applyPermissions(page: WindowPage, url: string, target: string): Promise<void> {
    if (!target.startsWith('http')) return;
    await Promise.all(permissions.map(({ chromium, electron }) => page.permit(chromium, new URL(target).origin, this.session.allows(electron, this.handOut, url))));
  }

  private async attached(): Promise<WindowPage> {
    if (this.page === null || this.destroyed) throw new TypeError('Object has been destroyed');
    return this.page;
  }

  send(channel: string, ...args: readonly unknown[]): void {
    if (this.destroyed) throw new TypeError('Object has been destroyed');
    try {
      encodeClone(args);
    } catch {
      throw new Error('Failed to serialize arguments');
    }
    this.post({ type: 'message', channel, args });
  }

  private post(message: ToPage): void {
    this.opened?.post(message);
  }

  reload(): void {
    this.own = toPage(this.url, this.protocol.schemes);
    this.attached()
      .then((page) => page.reload())
      .catch((error: unknown) => noteFailure(`reload: ${String(error)}`));
  }

  getURL(): string {
    return this.url;
  }

  getTitle(): string {
    return this.title;
  }

  getType(): 'window' {
    return 'window';
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }

  isLoading(): boolean {
    return this.loading;
  }

  isCrashed(): boolean {
    return this.crashedNow;
  }

  focus(): void {}

  async closePage(): Promise<void> {
    const page = await this.page;
    this.closed();
    await page?.close();
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.opensWindow = handler;
  }

  // What the page reports.

  readonly answer = async ({ request, resourceType, isMainFrame }: PausedRequest): Promise<Response | null | 'refused'> => {
    const url = fromPage(request.url);
    if (resourceType === 'Document' && !this.mayNavigate(request.url, url, isMainFrame)) return 'refused';
    if (url === request.url) return null;
    const { method, headers, postData } = request;
    const asked = this.protocol.answer(new Request(url, { method, headers, ...(postData === undefined ? {} : { body: postData }) }));
    if (asked === null) return 'refused';
    try {
      const response = await asked;
      const forPage = [...response.headers].map(([name, value]): [string, string] => [name, headerToPage(value, this.protocol.schemes)]);
      return new Response(response.body, { status: response.status, headers: forPage });
    } catch (error) {
      noteFailure(`the handler of ${url} failed: ${String(error)}`);
      return 'refused';
    }
  };

  /** Loads of the application itself and reloads are not asked for. */
  private mayNavigate(target: string, url: string, isMainFrame: boolean): boolean {
    if (isMainFrame && this.own === target) {
      this.own = null;
      return true;
    }
    if (isMainFrame && url === this.url) return true;
    const details = { url, isMainFrame, isSameDocument: false, frame: isMainFrame ? this.mainFrame : null, initiator: this.mainFrame };
    if (emitPreventable(this, 'will-frame-navigate', details)) return false;
    return !isMainFrame || !emitPreventable(this, 'will-navigate', details, url);
  }

  message(message: FromPage): void {
    if (message.type === 'preload-error') {
      const error = Object.assign(new Error(message.message), { stack: message.stack });
      noteFailure(`Unable to load preload script: ${message.message}`);
      this.emit('preload-error', {}, 'the preload', error);
      return;
    }
    if (message.type === 'window-wanted') return this.windowWanted(message.url, message.name);
    ipcMain.receive(message, { webContents: this.handOut, frame: this.mainFrame, reply: (reply) => this.post(reply) });
  }

  loaded(): void {
    this.loading = false;
    this.emit('dom-ready', {});
    this.emit('did-finish-load', {});
  }

  navigated(url: string): void {
    this.url = fromPage(url);
    this.emit('did-navigate', {}, this.url);
  }

  titled(title: string): void {
    if (title === this.title) return;
    this.title = title;
    this.emit('page-title-updated', {}, title, true);
  }

  windowWanted(url: string, frameName: string): void {
    const answer = this.opensWindow?.({ url: fromPage(url), frameName, features: '', disposition: 'foreground-tab' });
    if (answer?.action !== 'deny') noteFailure(`the stand-in has no windows that pages open, and the application allows one for ${url}`);
  }

  closed(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    this.emit('destroyed', {});
    this.onClosed();
  }

  threw(details: unknown): void {
    if (details !== undefined) noteFailure(`a listener in the preload threw: ${JSON.stringify(details)}`);
  }

  crashed(): void {
    this.crashedNow = true;
    this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 });
  }
}

function loadError(code: string, url: string): Error {
  return Object.assign(new Error(`${code} loading '${url}'`), { code, url });
}
