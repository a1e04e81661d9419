// The Chromium page of one window: its preload in an isolated world, its requests answered by the application, its messages.
import { randomUUID } from 'node:crypto';
import { decodeClone, encodeClone } from '../values/clone-codec.ts';
import type { FromPage, ToPage } from '../page/page-messages.ts';
import type { Browser } from './browser.ts';
import { closeWindowsOf } from './closed-windows.ts';
import type { Session } from './devtools.ts';
import { fulfil, type PausedRequest } from './fulfil.ts';

export interface PageScripts {
  /** Both are texts of programs that define a global: `StandInMain` and `StandInIsolated`. */
  readonly main: string;
  readonly isolated: string;
}

export interface PageOptions {
  readonly width: number;
  readonly height: number;
  /** Text of the preload; null: the window has none. */
  readonly preload: string | null;
  readonly scripts: PageScripts;
}

export interface PageOwner {
  /** Gives the answer to a request; null when nobody handles it, 'refused' when the application forbids it. */
  answer(request: PausedRequest): Promise<Response | null | 'refused'>;
  message(message: FromPage): void;
  loaded(): void;
  navigated(url: string): void;
  /** A page wants another window. */
  windowWanted(url: string, name: string): void;
  titled(title: string): void;
  closed(): void;
  crashed(): void;
  /** A listener of the preload threw; undefined: it did not. */
  threw(details: unknown): void;
}

export interface WindowPage {
  readonly targetId: string;
  /** Resolves when the document has come; rejects with Chromium's reason, such as `net::ERR_ABORTED`. */
  navigate(url: string): Promise<void>;
  reload(): Promise<void>;
  post(message: ToPage): void;
  colourScheme(dark: boolean): Promise<void>;
  permit(permission: string, origin: string, granted: boolean): Promise<void>;
  close(): Promise<void>;
}

interface Context {
  readonly id: number;
  readonly name: string;
  readonly auxData: { readonly frameId: string };
}

const world = 'stand-in preload';

export async function openPage(browser: Browser, options: PageOptions, owner: PageOwner): Promise<WindowPage> {
  const { devtools } = browser;
  const created = await devtools.send('Target.createTarget', { url: 'about:blank', width: options.width, height: options.height, newWindow: true });
  const targetId = String(created['targetId']);
  const attached = await devtools.send('Target.attachToTarget', { targetId, flatten: true });
  const page = devtools.session(String(attached['sessionId']));
  /** The isolated world of the present document. */
  let context: number | null = null;

  devtools.on<{ readonly targetId: string }>('Target.targetDestroyed', (gone) => {
    if (gone.targetId === targetId) owner.closed();
  });
  devtools.on<{ readonly targetId: string }>('Target.targetCrashed', (gone) => {
    if (gone.targetId === targetId) owner.crashed();
  });
  devtools.on<{ readonly targetInfo: { readonly targetId: string; readonly title: string } }>('Target.targetInfoChanged', ({ targetInfo }) => {
    if (targetInfo.targetId === targetId) owner.titled(targetInfo.title);
  });
  page.on<{ readonly context: Context }>('Runtime.executionContextCreated', (event) => {
    // The main frame has its target's id.
    if (event.context.name === world && event.context.auxData.frameId === targetId) context = event.context.id;
  });
  page.on('Runtime.executionContextsCleared', () => (context = null));
  page.on<{ readonly executionContextId: number; readonly payload: string }>('Runtime.bindingCalled', (event) => {
    if (event.executionContextId === context) owner.message(decodeClone(event.payload) as FromPage);
  });
  page.on('Page.loadEventFired', () => owner.loaded());
  page.on<{ readonly frame: { readonly id: string; readonly url: string } }>('Page.frameNavigated', ({ frame }) => {
    if (frame.id === targetId) owner.navigated(frame.url);
  });
  page.on<{ readonly frameId: string; readonly url: string }>('Page.navigatedWithinDocument', ({ frameId, url }) => {
    if (frameId === targetId) owner.navigated(url);
  });
  closeWindowsOf(targetId, devtools, page, (url, name) => owner.windowWanted(url, name));
  page.on<PausedRequest>('Fetch.requestPaused', (request) => void fulfil(page, { ...request, isMainFrame: request.frameId === targetId }, owner.answer));

  const receiver = `receive_${randomUUID().replaceAll('-', '')}`;
  await prepare(page, options, receiver);

  return {
    targetId,
    async navigate(url) {
      const { errorText } = await page.send('Page.navigate', { url });
      if (typeof errorText === 'string' && errorText !== '') throw new Error(errorText);
    },
    reload: async () => void (await page.send('Page.reload')),
    post(message) {
      // Without a preload nobody listens; the message is lost, as in Electron.
      if (context === null) return;
      const call = { executionContextId: context, functionDeclaration: `function (text) { ${receiver}(text); }`, arguments: [{ value: encodeClone(message) }] };
      page.send('Runtime.callFunctionOn', call).then(({ exceptionDetails }) => owner.threw(exceptionDetails), goneAlready);
    },
    async colourScheme(dark) {
      await page.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }] });
    },
    async permit(permission, origin, granted) {
      await devtools.send('Browser.setPermission', { permission: { name: permission }, setting: granted ? 'granted' : 'denied', origin });
    },
    close: async () => void (await devtools.send('Target.closeTarget', { targetId })),
  };
}

/** The document has left or the window has closed; other events tell of it. */
const goneAlready = () => null;

async function prepare(page: Session, { preload, scripts }: PageOptions, receiver: string): Promise<void> {
  const binding = `send_${randomUUID().replaceAll('-', '')}`;
  const meeting = `meet-${randomUUID()}`;
  const names = JSON.stringify({ binding, meeting, receiver });
  const main = `(() => { ${scripts.main}; StandInMain.startMainWorld(${JSON.stringify(meeting)}); })();`;
  const isolated = `(() => { ${scripts.isolated}; StandInIsolated.startIsolatedWorld(${names}, function (require, module, exports, process) { ${preload ?? ''}\n}); })();`;
  // All in one go: Chromium keeps the order.
  await Promise.all([
    page.send('Page.enable'),
    page.send('Runtime.enable'),
    page.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }),
    page.send('Runtime.addBinding', { name: binding, executionContextName: world }),
    ...(preload === null ? [] : [{ source: main }, { source: isolated, worldName: world }]).map((script) => page.send('Page.addScriptToEvaluateOnNewDocument', script)),
  ]);
}
