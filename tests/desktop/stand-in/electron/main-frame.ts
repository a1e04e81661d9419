// webContents.mainFrame of the stand-in. Not faithful: frames inside a page have no object; they have no preload and send nothing.
import type { WebFrameMain } from 'electron';
import { withoutTheRest } from '../values/without-the-rest.ts';

export type MainFrame = Pick<WebFrameMain, 'url' | 'origin' | 'parent' | 'processId' | 'routingId' | 'frameTreeNodeId' | 'name' | 'detached' | 'isDestroyed' | 'send'> & { readonly top: object };

export interface FrameOwner {
  url(): string;
  isDestroyed(): boolean;
  send(channel: string, ...args: readonly unknown[]): void;
}

export function createMainFrame(id: number, { url, isDestroyed, send }: FrameOwner): MainFrame {
  const frame: MainFrame = withoutTheRest('webFrameMain', {
    get url() {
      return url();
    },
    get origin() {
      const { protocol, host } = new URL(url());
      return `${protocol}//${host}`;
    },
    parent: null,
    get top(): object {
      return frame;
    },
    processId: 1,
    routingId: 1,
    frameTreeNodeId: id,
    name: '',
    detached: false,
    isDestroyed,
    send,
  });
  return frame;
}
