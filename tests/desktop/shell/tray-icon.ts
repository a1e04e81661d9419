// One icon of the panel, read and clicked as a panel does it: over org.kde.StatusNotifierItem and com.canonical.dbusmenu.
import { waitFor } from '../../helpers/wait-for.ts';
import type { Address, Connection } from '../bus/connection.ts';
import { plain, variant } from '../bus/connection.ts';

export interface MenuItem {
  readonly id: number;
  readonly label: string;
  readonly separator: boolean;
  readonly enabled: boolean;
  readonly visible: boolean;
  /** null: it has no mark. */
  readonly checked: boolean | null;
  readonly children: readonly MenuItem[];
}

export interface IconPicture {
  readonly width: number;
  readonly height: number;
  /** Four bytes per pixel: alpha, red, green, blue. */
  readonly argb: Buffer;
}

export interface TrayIcon {
  toolTip(): Promise<string>;
  picture(): Promise<IconPicture>;
  menu(): Promise<readonly MenuItem[]>;
  /** Clicks the entry that these labels lead to, e.g. `click('api', 'Restart')`, as soon as it is there and not greyed. */
  click(...labels: readonly string[]): Promise<void>;
  /** A click on the icon itself. */
  activate(): Promise<void>;
}

const clickMs = 3_000;

type Layout = readonly [id: number, properties: Readonly<Record<string, unknown>>, children: readonly Layout[]];

export function openTrayIcon(connection: Connection, item: Address): TrayIcon {
  const menuAddress = async (): Promise<Address> => ({ ...item, path: String(await connection.property(item, 'Menu')), interface: 'com.canonical.dbusmenu' });

  async function menu(): Promise<readonly MenuItem[]> {
    const [, layout] = await connection.call(await menuAddress(), 'GetLayout', 'iias', [0, -1, []]);
    return readItem(plain(layout) as Layout).children;
  }

  async function clickOnce(labels: readonly string[]): Promise<void> {
    const address = await menuAddress();
    let items = await menu();
    let clicked: MenuItem | undefined;
    for (const label of labels) {
      clicked = items.find((each) => each.label === label && each.visible);
      if (clicked === undefined) throw new Error(`the menu has no "${label}" there; it has ${JSON.stringify(items.map((each) => each.label))}`);
      if (!clicked.enabled) throw new Error(`"${label}" cannot be clicked, it is greyed`);
      // Panels say when a menu is about to be unfolded.
      if (clicked.children.length > 0) await connection.call(address, 'AboutToShow', 'i', [clicked.id]);
      items = clicked.children;
    }
    await connection.call(address, 'Event', 'isvu', [clicked?.id ?? 0, 'clicked', variant('i', 0), 0]);
  }

  return {
    menu,
    async toolTip() {
      const [, , title] = (await connection.property(item, 'ToolTip')) as readonly [string, unknown, string, string];
      return title;
    },
    async picture() {
      const [first] = (await connection.property(item, 'IconPixmap')) as readonly (readonly [number, number, Buffer])[];
      if (first === undefined) throw new Error('the tray icon has no picture');
      return { width: first[0], height: first[1], argb: first[2] };
    },
    async click(...labels) {
      let problem = '';
      // The menu follows the application: an entry may still be to come, or be another one by the time of the click.
      const once = () =>
        clickOnce(labels).then(
          () => true,
          (error: unknown) => void (problem = error instanceof Error ? error.message : String(error)),
        );
      await waitFor(once, { timeoutMs: clickMs }).catch(() => Promise.reject(new Error(`${labels.join(' › ')}: ${problem}`)));
    },
    activate: async () => void (await connection.call(item, 'Activate', 'ii', [0, 0])),
  };
}

function readItem([id, properties, children]: Layout): MenuItem {
  const toggle = properties['toggle-type'];
  return {
    id,
    label: withoutAccessKey(String(properties['label'] ?? '')),
    separator: properties['type'] === 'separator',
    enabled: properties['enabled'] !== false,
    visible: properties['visible'] !== false,
    checked: typeof toggle === 'string' && toggle !== '' ? properties['toggle-state'] === 1 : null,
    children: children.map(readItem),
  };
}

/** A single "_" marks the letter that follows; two stand for one. */
const withoutAccessKey = (label: string) => label.replaceAll(/_(_?)/g, '$1');
