// Runs in the preload's isolated world before any script of the page: what a sandboxed preload finds there, which is
// `require('electron')` with contextBridge and ipcRenderer, and nothing else.
import { decodeClone, encodeClone } from '../values/clone-codec.ts';
import { withoutTheRest } from '../values/without-the-rest.ts';
import { page } from './dom.ts';
import { createIpcRenderer } from './ipc-renderer.ts';
import type { FromPage, ToPage } from './page-messages.ts';
import { askBeforeFollowing } from './window-requests.ts';
import { createWorldLink } from './world-link.ts';

export interface IsolatedWorld {
  readonly meeting: string;
  /** Name of the binding that takes text to the stand-in's main process. */
  readonly binding: string;
  /** Name of the function that takes text from there. */
  readonly receiver: string;
}

export type Preload = (require: (name: string) => unknown, module: { exports: unknown }, exports: unknown, process: unknown) => void;

export function startIsolatedWorld({ meeting, binding, receiver }: IsolatedWorld, preload: Preload): void {
  // A preload belongs to the window's page, not to frames within it.
  if (page !== page.top) return;
  const globals = globalThis as unknown as Record<string, unknown>;
  const post = globals[binding] as (text: string) => void;
  delete globals[binding];
  const send = (message: FromPage) => post(encodeClone(message));

  const element = page.document.createElement('span');
  page.dispatchEvent(new page.MouseEvent(meeting, { relatedTarget: element }));
  const askToOpen = (url: unknown, name: unknown) => send({ type: 'window-wanted', url: String(url), name: String(name) });
  const link = createWorldLink(element, 'isolated', { open: askToOpen });
  askBeforeFollowing(askToOpen);

  const { ipcRenderer, receive } = createIpcRenderer(send);
  globals[receiver] = (text: string) => receive(decodeClone(text) as ToPage);

  const electron = withoutTheRest('require("electron") of a preload', {
    ipcRenderer,
    contextBridge: withoutTheRest('contextBridge', {
      exposeInMainWorld(key: string, api: unknown): void {
        link.ask('expose', key, api);
      },
    }),
  });
  try {
    const module = { exports: {} };
    preload(onlyElectron(electron), module, module.exports, Object.freeze({ type: 'renderer', sandboxed: true, contextIsolated: true, platform: 'linux', env: {}, argv: [] }));
  } catch (error) {
    send({ type: 'preload-error', message: error instanceof Error ? error.message : String(error), stack: error instanceof Error ? (error.stack ?? '') : '' });
  }
}

function onlyElectron(electron: unknown): (name: string) => unknown {
  return (name) => {
    if (name === 'electron') return electron;
    throw new Error(`module not found: ${name}`);
  };
}
