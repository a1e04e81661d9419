// Notification of the stand-in: a call of org.freedesktop.Notifications on the session bus, and what comes back from there.
import { EventEmitter } from 'node:events';
import type { Notification as ElectronNotification, NotificationConstructorOptions } from 'electron';
import type { Address, Connection } from '../../bus/connection.ts';
import { variant } from '../../bus/connection.ts';
import { sessionBus } from '../bus/session.ts';
import { withoutTheRest } from '../values/without-the-rest.ts';

const service = 'org.freedesktop.Notifications';
const server: Address = { destination: service, path: '/org/freedesktop/Notifications', interface: service };
const urgencies = { low: 0, normal: 1, critical: 2 } as const;

/** Those that a server shows, by the number it gave them. */
const shown = new Map<number, StandInNotification>();
let listening: Promise<unknown> | null = null;

class StandInNotification extends EventEmitter implements Pick<ElectronNotification, 'show' | 'close' | 'title' | 'body' | 'silent'> {
  title: string;
  body: string;
  silent: boolean;
  private readonly urgency: keyof typeof urgencies;
  private number: number | null = null;
  /** Calls of one notification in the order in which they were made. */
  private work: Promise<unknown> = Promise.resolve();

  constructor(options: NotificationConstructorOptions = {}) {
    super();
    this.title = options.title ?? '';
    this.body = options.body ?? '';
    this.silent = options.silent ?? false;
    this.urgency = options.urgency ?? 'normal';
  }

  static isSupported(): boolean {
    return sessionBus() !== null;
  }

  show(): void {
    this.next(async (connection) => {
      listening ??= Promise.all([connection.listen({ interface: service, member: 'ActionInvoked' }, onAction), connection.listen({ interface: service, member: 'NotificationClosed' }, onClosed)]);
      await listening;
      const hints = { urgency: variant('y', urgencies[this.urgency]), 'suppress-sound': variant('b', this.silent) };
      const args = ['stand-in', this.number ?? 0, '', this.title, this.body, ['default', 'View'], hints, -1];
      const [number] = await connection.call(server, 'Notify', 'susssasa{sv}i', args);
      this.number = number as number;
      shown.set(this.number, this);
      this.emit('show', {});
    });
  }

  close(): void {
    this.next(async (connection) => {
      if (this.number !== null) await connection.call(server, 'CloseNotification', 'u', [this.number]);
    });
  }

  private next(job: (connection: Connection) => Promise<void>): void {
    this.work = this.work.then(async () => {
      const connection = await sessionBus();
      if (connection === null) return;
      await job(connection).catch((error: unknown) => this.emit('failed', {}, String(error)));
    });
  }
}

function onAction({ body: [number, action] }: { readonly body: readonly unknown[] }): void {
  if (action === 'default') shown.get(number as number)?.emit('click', {});
}

function onClosed({ body: [number] }: { readonly body: readonly unknown[] }): void {
  const notification = shown.get(number as number);
  shown.delete(number as number);
  notification?.emit('close', {});
}

export const Notification = new Proxy(StandInNotification, {
  construct: (Class, [options]: [NotificationConstructorOptions?]) => withoutTheRest('Notification', new Class(options)),
});
