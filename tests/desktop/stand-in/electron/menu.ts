// Menu and MenuItem of the stand-in, as data; a tray publishes them on the session bus.
import { EventEmitter } from 'node:events';
import type { MenuItem as ElectronMenuItem, MenuItemConstructorOptions, NativeImage } from 'electron';
import type { MenuEntry } from '../bus/dbus-menu.ts';
import { withoutTheRest } from '../values/without-the-rest.ts';

type ItemType = MenuEntry['type'];

/** What a role does; the rest of Electron's roles need a window and are the menu bar's business, which the stand-in does not show. */
export const roleActions: { quit: () => void } = { quit: () => undefined };

class StandInMenuItem implements Pick<ElectronMenuItem, 'id' | 'type' | 'label' | 'enabled' | 'visible' | 'checked' | 'click' | 'toolTip' | 'sublabel'> {
  readonly id: string;
  readonly type: ItemType;
  readonly role: MenuItemConstructorOptions['role'] | null;
  readonly submenu: StandInMenu | null;
  readonly accelerator: string | null;
  readonly icon: NativeImage | string | null;
  readonly toolTip: string;
  readonly sublabel: string;
  label: string;
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  click: () => void;

  constructor(options: MenuItemConstructorOptions) {
    const { submenu = null } = options;
    this.id = options.id ?? '';
    this.role = options.role ?? null;
    this.submenu = Array.isArray(submenu) ? buildFromTemplate(submenu) : (submenu as StandInMenu | null);
    this.type = (options.type as ItemType | undefined) ?? (this.submenu === null ? 'normal' : 'submenu');
    if (this.type === 'submenu' && this.submenu === null) throw new Error('Invalid submenu');
    if (this.type === 'normal' && options.label === undefined && this.role === null) throw new Error('a menu item without type "separator" needs a label');
    this.label = options.label ?? this.role ?? '';
    this.accelerator = options.accelerator ?? null;
    this.icon = (options.icon as NativeImage | string | undefined) ?? null;
    this.toolTip = options.toolTip ?? '';
    this.sublabel = options.sublabel ?? '';
    this.enabled = options.enabled ?? true;
    this.visible = options.visible ?? true;
    this.checked = options.checked ?? false;
    const handler = options.click as ((item: object, window: undefined, event: object) => void) | undefined;
    this.click = () => {
      if (this.type === 'checkbox') this.checked = !this.checked;
      if (this.type === 'radio') this.checked = true;
      if (handler !== undefined) handler(this, undefined, {});
      else if (this.role === 'quit') roleActions.quit();
    };
  }
}

class StandInMenu extends EventEmitter {
  readonly items: StandInMenuItem[] = [];

  append(item: StandInMenuItem): void {
    this.items.push(item);
  }

  getMenuItemById(id: string): StandInMenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id);
      if (found) return found;
    }
    return null;
  }
}

function buildFromTemplate(template: readonly (MenuItemConstructorOptions | StandInMenuItem)[]): StandInMenu {
  const menu = withoutTheRest('Menu', new StandInMenu());
  for (const options of template) menu.append(options instanceof StandInMenuItem ? options : new MenuItem(options));
  return menu;
}

let applicationMenu: StandInMenu | null = null;

export const MenuItem = new Proxy(StandInMenuItem, { construct: (Class, [options]: [MenuItemConstructorOptions]) => withoutTheRest('MenuItem', new Class(options)) });
export const Menu = Object.assign(
  new Proxy(StandInMenu, { construct: (Class) => withoutTheRest('Menu', new Class()) }),
  { buildFromTemplate, setApplicationMenu: (menu: StandInMenu | null) => void (applicationMenu = menu), getApplicationMenu: () => applicationMenu },
);
export type AnyMenu = StandInMenu;

/** A menu's entries as they are now. */
export function menuEntries(menu: StandInMenu | null): readonly MenuEntry[] {
  return (menu?.items ?? []).map(({ label, type, enabled, visible, checked, submenu, click }) => ({ label, type, enabled, visible, checked, children: menuEntries(submenu), activate: click }));
}
