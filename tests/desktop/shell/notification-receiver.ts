// The desktop's notification service, org.freedesktop.Notifications: keeps what is shown, and clicks it when the test says so.
import type { Connection } from '../bus/connection.ts';
import { plain } from '../bus/connection.ts';
import { exportObject } from '../bus/exported-object.ts';
import { waitFor } from '../../helpers/wait-for.ts';

const service = 'org.freedesktop.Notifications';
const objectPath = '/org/freedesktop/Notifications';
/** Why a notification went away (specification, "NotificationClosed"). */
const reasons = { dismissed: 2, byCall: 3 } as const;

export interface ShownNotification {
  readonly id: number;
  readonly title: string;
  readonly body: string;
  readonly actions: readonly string[];
  readonly hints: Readonly<Record<string, unknown>>;
}

export interface NotificationReceiver {
  /** All that have ever been shown, oldest first. */
  received(): readonly ShownNotification[];
  /** Those that are open now. */
  open(): readonly ShownNotification[];
  /** Waits for one whose title or body holds this text. */
  shown(text: string): Promise<ShownNotification>;
  click(id: number): void;
  dismiss(id: number): void;
}

export async function startNotificationReceiver(connection: Connection): Promise<NotificationReceiver> {
  const received: ShownNotification[] = [];
  const open = new Map<number, ShownNotification>();
  let lastId = 0;

  const close = (id: number, reason: number) => {
    if (open.delete(id)) connection.emit(objectPath, service, 'NotificationClosed', 'uu', [id, reason]);
  };

  exportObject(connection, objectPath, {
    [service]: {
      methods: {
        Notify: {
          gives: 'u',
          run([, replaces, , title, body, actions, hints]) {
            const id = (replaces as number) || ++lastId;
            const notification = { id, title: String(title), body: String(body), actions: actions as readonly string[], hints: plain(hints) as Record<string, unknown> };
            received.push(notification);
            open.set(id, notification);
            return [id];
          },
        },
        CloseNotification: { gives: '', run: ([id]) => (close(id as number, reasons.byCall), []) },
        GetCapabilities: { gives: 'as', run: () => [['actions', 'body']] },
        GetServerInformation: { gives: 'ssss', run: () => ['test', 'tspm', '1', '1.2'] },
      },
    },
  });
  await connection.requestName(service);

  return {
    received: () => received,
    open: () => [...open.values()],
    shown: (text) => waitFor(() => received.find(({ title, body }) => `${title}\n${body}`.includes(text)), { what: `a notification with "${text}"` }),
    click(id) {
      connection.emit(objectPath, service, 'ActionInvoked', 'us', [id, 'default']);
      close(id, reasons.dismissed);
    },
    dismiss: (id) => close(id, reasons.dismissed),
  };
}
