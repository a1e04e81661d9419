// A tray icon on the session bus, as panels of Linux desktops read it: org.kde.StatusNotifierItem with a com.canonical.dbusmenu.
// A panel that is not there yet is waited for, as it may start later than the application.
import { exportObject } from '../../bus/exported-object.ts';
import type { Address, Connection } from '../../bus/connection.ts';
import type { Bitmap } from '../electron/png.ts';
import { exportMenu, type MenuServer } from './dbus-menu.ts';

const item = 'org.kde.StatusNotifierItem';
const watcher: Address = { destination: 'org.kde.StatusNotifierWatcher', path: '/StatusNotifierWatcher', interface: 'org.kde.StatusNotifierWatcher' };

export interface TrayState {
  readonly id: string;
  readonly title: string;
  readonly toolTip: string;
  readonly icon: Bitmap;
}

export interface StatusNotifierItem {
  readonly menu: MenuServer;
  /** Tells panels that one of these has changed. */
  changed(what: 'Icon' | 'ToolTip' | 'Title'): void;
  /** Takes the icon out of the panels. */
  withdraw(): void;
}

/** Takes a connection of the item's own: panels forget an item when its connection ends, which is how Chromium withdraws one. */
export async function publishItem(connection: Connection, state: () => TrayState, activate: () => void): Promise<StatusNotifierItem> {
  const path = '/StatusNotifierItem';
  const menuPath = '/StatusNotifierItem/Menu';
  const activated = { gives: '', run: () => (activate(), []) };
  exportObject(connection, path, {
    [item]: {
      methods: { Activate: activated, SecondaryActivate: activated, ContextMenu: { gives: '', run: () => [] }, Scroll: { gives: '', run: () => [] } },
      properties() {
        const { id, title, toolTip, icon } = state();
        const pixmaps = [[icon.width, icon.height, argb(icon)]];
        return {
          Category: ['s', 'ApplicationStatus'],
          Id: ['s', id],
          Title: ['s', title],
          Status: ['s', 'Active'],
          IconName: ['s', ''],
          IconPixmap: ['a(iiay)', pixmaps],
          ToolTip: ['(sa(iiay)ss)', ['', [], toolTip, '']],
          ItemIsMenu: ['b', false],
          Menu: ['o', menuPath],
        };
      },
    },
  });
  const menu = exportMenu(connection, menuPath);
  const register = () => connection.call(watcher, 'RegisterStatusNotifierItem', 's', [path]);
  await connection.listen({ interface: 'org.freedesktop.DBus', member: 'NameOwnerChanged' }, ({ body }) => {
    if (body[0] === watcher.destination && body[2] !== '') void register();
  });
  // No panel: the application goes on without a visible tray, as on a desktop that has none.
  await register().catch(() => null);
  return { menu, changed: (what) => connection.emit(path, item, `New${what}`), withdraw: () => connection.close() };
}

/** The specification wants ARGB32 in network byte order. */
function argb({ width, height, rgba }: Bitmap): Buffer {
  const bytes = Buffer.alloc(width * height * 4);
  for (let at = 0; at < bytes.length; at += 4) {
    bytes[at] = rgba[at + 3] ?? 0;
    bytes.set(rgba.subarray(at, at + 3), at + 1);
  }
  return bytes;
}
