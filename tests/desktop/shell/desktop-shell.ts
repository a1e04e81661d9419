// The desktop around the application: a session bus with a panel and a notification service on it.
import { connect } from '../bus/connection.ts';
import { startNotificationReceiver, type NotificationReceiver } from './notification-receiver.ts';
import { startSessionBus } from './session-bus.ts';
import { startTrayPanel, type TrayPanel } from './tray-panel.ts';

export interface DesktopShell {
  /** For DBUS_SESSION_BUS_ADDRESS. */
  readonly address: string;
  readonly tray: TrayPanel;
  readonly notifications: NotificationReceiver;
  stop(): Promise<void>;
}

/** `folder` holds the bus's socket; its path must be short. */
export async function startDesktopShell(folder: string): Promise<DesktopShell> {
  const bus = await startSessionBus(folder);
  const connection = await connect(bus.address);
  const [tray, notifications] = await Promise.all([startTrayPanel(connection), startNotificationReceiver(connection)]);
  return {
    address: bus.address,
    tray,
    notifications,
    async stop() {
      connection.close();
      await bus.stop();
    },
  };
}
