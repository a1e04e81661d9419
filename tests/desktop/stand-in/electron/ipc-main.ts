// ipcMain of the stand-in, and the way of a message of a page to its listeners and handlers.
import { EventEmitter } from 'node:events';
import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import { withoutTheRest } from '../values/without-the-rest.ts';
import type { FromPage, ToPage } from '../page/page-messages.ts';

type Handler = Parameters<IpcMain['handle']>[1];

/** Who sent a message: what Electron gives as `event.sender` and `event.senderFrame`. */
export interface Sender {
  readonly webContents: object;
  readonly frame: object;
  reply(message: ToPage): void;
}

export class StandInIpcMain extends EventEmitter implements Pick<IpcMain, 'handle' | 'handleOnce' | 'removeHandler'> {
  private readonly handlers = new Map<string, Handler>();

  handle(channel: string, handler: Handler): void {
    if (this.handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    this.handlers.set(channel, handler);
  }

  handleOnce(channel: string, handler: Handler): void {
    this.handle(channel, (event, ...args) => {
      this.removeHandler(channel);
      return handler(event, ...args);
    });
  }

  removeHandler(channel: string): void {
    this.handlers.delete(channel);
  }

  receive(message: Extract<FromPage, { readonly channel: string }>, sender: Sender): void {
    // The rest of Electron's event is not there; whoever asks for it gets told so.
    const event = withoutTheRest('ipc event', {
      sender: sender.webContents,
      senderFrame: sender.frame,
      frameId: 1,
      processId: 1,
      type: 'frame',
      ports: [],
      reply: (channel: string, ...args: readonly unknown[]) => sender.reply({ type: 'message', channel, args }),
    });
    if (message.type === 'send') this.emit(message.channel, event, ...message.args);
    else void this.invoke(message, event, sender);
  }

  private async invoke({ id, channel, args }: Extract<FromPage, { readonly type: 'invoke' }>, event: object, sender: Sender): Promise<void> {
    try {
      const handler = this.handlers.get(channel);
      if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
      sender.reply({ type: 'result', id, result: await handler(event as IpcMainInvokeEvent, ...args) });
    } catch (error) {
      // All that Electron carries of an error is its text; it prints the rest here.
      console.error(`Error occurred in handler for '${channel}':`, error);
      sender.reply({ type: 'rejection', id, error: String(error) });
    }
  }
}

export const ipcMain = withoutTheRest('ipcMain', new StandInIpcMain());
