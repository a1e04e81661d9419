// The panel of a desktop, as far as trays go: org.kde.StatusNotifierWatcher, and the items that have registered there.
import type { Address, Connection } from '../bus/connection.ts';
import { exportObject } from '../bus/exported-object.ts';
import { waitFor } from '../../helpers/wait-for.ts';
import { openTrayIcon, type TrayIcon } from './tray-icon.ts';

const watcher = 'org.kde.StatusNotifierWatcher';

export interface TrayPanel {
  /** The icons of the panel at present. */
  icons(): readonly TrayIcon[];
  /** Waits for the one icon there is. */
  icon(): Promise<TrayIcon>;
}

export async function startTrayPanel(connection: Connection): Promise<TrayPanel> {
  const items = new Map<string, TrayIcon>();
  exportObject(connection, '/StatusNotifierWatcher', {
    [watcher]: {
      methods: {
        RegisterStatusNotifierItem: {
          gives: '',
          run([service], sender) {
            // An item names its object, or a bus name with the object at the usual place.
            const name = String(service);
            const at: Address = { destination: name.startsWith('/') ? sender : name, path: name.startsWith('/') ? name : '/StatusNotifierItem', interface: 'org.kde.StatusNotifierItem' };
            items.set(sender, openTrayIcon(connection, at));
            connection.emit('/StatusNotifierWatcher', watcher, 'StatusNotifierItemRegistered', 's', [name]);
            return [];
          },
        },
        RegisterStatusNotifierHost: { gives: '', run: () => [] },
      },
      properties: () => ({ IsStatusNotifierHostRegistered: ['b', true], ProtocolVersion: ['i', 0], RegisteredStatusNotifierItems: ['as', [...items.keys()]] }),
    },
  });
  await connection.listen({ interface: 'org.freedesktop.DBus', member: 'NameOwnerChanged' }, ({ body: [name, , owner] }) => {
    if (owner === '') items.delete(String(name));
  });
  await connection.requestName(watcher);
  return {
    icons: () => [...items.values()],
    icon: () => waitFor(() => [...items.values()][0], { what: 'an icon in the tray' }),
  };
}
