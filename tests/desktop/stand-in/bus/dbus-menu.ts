// A menu on the session bus: com.canonical.dbusmenu, as far as panels use it. The entries are those of the last `publish`; what
// the application changes in them later is seen with the next one, as with Electron on Linux.
import { variant, type Connection } from '../../bus/connection.ts';
import { exportObject } from '../../bus/exported-object.ts';

const dbusMenu = 'com.canonical.dbusmenu';

export interface MenuEntry {
  readonly label: string;
  readonly type: 'normal' | 'separator' | 'submenu' | 'checkbox' | 'radio';
  readonly enabled: boolean;
  readonly visible: boolean;
  readonly checked: boolean;
  readonly children: readonly MenuEntry[];
  activate(): void;
}

export interface MenuServer {
  publish(entries: readonly MenuEntry[]): void;
}

interface Numbered {
  readonly id: number;
  readonly entry: MenuEntry | null;
  readonly children: readonly Numbered[];
}

export function exportMenu(connection: Connection, path: string): MenuServer {
  let revision = 1;
  let lastId = 0;
  let root: Numbered = { id: 0, entry: null, children: [] };
  let byId = new Map<number, Numbered>([[0, root]]);

  function number(entries: readonly MenuEntry[]): readonly Numbered[] {
    return entries.map((entry) => {
      const numbered: Numbered = { id: ++lastId, entry, children: number(entry.children) };
      byId.set(numbered.id, numbered);
      return numbered;
    });
  }

  function find(id: number): Numbered {
    const found = byId.get(id);
    if (found === undefined) throw new Error(`the menu has no entry ${id} (any more)`);
    return found;
  }

  function layout({ id, entry, children }: Numbered, depth: number): unknown {
    return [id, properties(entry, children.length > 0), depth === 0 ? [] : children.map((child) => variant('(ia{sv}av)', layout(child, depth - 1)))];
  }

  exportObject(connection, path, {
    [dbusMenu]: {
      methods: {
        GetLayout: { gives: 'u(ia{sv}av)', run: ([parent, depth]) => [revision, layout(find(parent as number), depth as number)] },
        GetGroupProperties: {
          gives: 'a(ia{sv})',
          run([ids]) {
            const asked = ids as readonly number[];
            return [(asked.length === 0 ? [...byId.keys()] : asked).map((id) => [id, properties(find(id).entry, find(id).children.length > 0)])];
          },
        },
        GetProperty: {
          gives: 'v',
          run([id, name]) {
            const value = properties(find(id as number).entry, find(id as number).children.length > 0)[name as string];
            if (value === undefined) throw new Error(`entry ${String(id)} has no property ${String(name)}`);
            return [value];
          },
        },
        Event: {
          gives: '',
          run([id, event]) {
            const { entry } = find(id as number);
            // A panel shows disabled entries and does not click them; one that does has no effect in Chromium's menu model.
            if (event === 'clicked' && entry !== null && entry.enabled && entry.visible) entry.activate();
            return [];
          },
        },
        AboutToShow: { gives: 'b', run: ([id]) => (find(id as number), [false]) },
      },
      properties: () => ({ Version: ['u', 3], Status: ['s', 'normal'], TextDirection: ['s', 'ltr'], IconThemePath: ['as', []] }),
    },
  });

  return {
    publish(entries) {
      byId = new Map();
      root = { id: 0, entry: null, children: number(entries) };
      byId.set(0, root);
      connection.emit(path, dbusMenu, 'LayoutUpdated', 'ui', [++revision, 0]);
    },
  };
}

/** Only what differs from the protocol's defaults. */
function properties(entry: MenuEntry | null, hasChildren: boolean): Readonly<Record<string, unknown>> {
  const submenu = hasChildren ? { 'children-display': variant('s', 'submenu') } : {};
  if (entry === null) return submenu;
  if (entry.type === 'separator') return { type: variant('s', 'separator'), ...(entry.visible ? {} : { visible: variant('b', false) }) };
  return {
    label: variant('s', accessKeys(entry.label)),
    ...(entry.enabled ? {} : { enabled: variant('b', false) }),
    ...(entry.visible ? {} : { visible: variant('b', false) }),
    ...(entry.type === 'checkbox' ? { 'toggle-type': variant('s', 'checkmark'), 'toggle-state': variant('i', entry.checked ? 1 : 0) } : {}),
    ...(entry.type === 'radio' ? { 'toggle-type': variant('s', 'radio'), 'toggle-state': variant('i', entry.checked ? 1 : 0) } : {}),
    ...submenu,
  };
}

/** An access key is marked by "&" in Electron and by "_" in this protocol; doubled, either stands for itself. */
function accessKeys(label: string): string {
  return label.replaceAll('_', '__').replaceAll(/&(&?)/g, (_mark, doubled: string) => (doubled === '' ? '_' : '&'));
}
