// Serves the contract to the pages of known windows. Every message is checked for who sent it: the window, its main frame, and that
// the frame shows a page of ours. What fails is not answered, and said in the log.
import type { FailureValue } from '../../../shared/model/failure.ts';
import { serveChannel, type ChannelServer } from '../channel-server.ts';
import type { Service } from '../service.ts';
import { closedChannel, frameChannel, openChannel } from './channels.ts';

/** The part of Electron's WebContents that is used. */
export interface Page {
  readonly id: number;
  isDestroyed(): boolean;
  send(channel: string, ...values: readonly unknown[]): void;
  once(event: 'destroyed', listener: () => void): unknown;
}

/** The part of Electron's IpcMainEvent that is used; `senderFrame` is null when the frame has gone meanwhile. */
export interface PageMessage {
  readonly sender: Page;
  readonly senderFrame: { readonly url: string; readonly parent: unknown } | null;
}

/** The part of Electron's ipcMain that is used. */
export interface MainMessages {
  on(channel: string, listener: (event: PageMessage, value: unknown) => void): unknown;
}

export interface ServeWindowsOptions {
  readonly messages: MainMessages;
  readonly service: Service;
  /** Whether this is a page of one of our windows. */
  readonly isKnown: (page: Page) => boolean;
  /** Whether a page at this address is ours. */
  readonly isOurs: (url: string) => boolean;
  readonly log: (message: string) => void;
}

export function serveWindows({ messages, service, isKnown, isOurs, log }: ServeWindowsOptions): void {
  const channels = new Map<number, ChannelServer>();
  const watched = new WeakSet<Page>();

  function refusal({ sender, senderFrame }: PageMessage): string | null {
    if (!isKnown(sender)) return 'an unknown window';
    if (senderFrame === null) return 'a frame that has gone';
    if (senderFrame.parent !== null) return 'a frame inside a page';
    return isOurs(senderFrame.url) ? null : 'a foreign page';
  }

  function admit(event: PageMessage): boolean {
    const why = refusal(event);
    if (why !== null) log(`a message from ${why} was refused`);
    return why === null;
  }

  function open(page: Page): void {
    close(page.id);
    const send = (channel: string, value: unknown): void => {
      if (!page.isDestroyed()) page.send(channel, value);
    };
    channels.set(page.id, serveChannel(service, (frame) => send(frameChannel, frame), log));
    if (watched.has(page)) return;
    watched.add(page);
    page.once('destroyed', () => close(page.id));
  }

  function close(id: number): void {
    channels.get(id)?.close();
    channels.delete(id);
  }

  messages.on(openChannel, (event) => {
    if (admit(event)) open(event.sender);
  });
  messages.on(frameChannel, (event, frame) => {
    if (!admit(event)) return;
    const { sender } = event;
    if (channels.get(sender.id)?.receive(frame) !== false) return;
    log('a window sent something that is no frame: its channel is closed');
    close(sender.id);
    sender.send(closedChannel, { code: 'invalid-input', message: 'the page sent something that cannot be understood: reload it' } satisfies FailureValue);
  });
}
