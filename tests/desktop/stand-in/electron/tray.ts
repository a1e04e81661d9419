// Tray of the stand-in: an icon with a menu on the session bus.
import { EventEmitter } from 'node:events';
import type { NativeImage, Tray as ElectronTray } from 'electron';
import { ownConnection } from '../bus/session.ts';
import { publishItem, type StatusNotifierItem } from '../bus/status-notifier-item.ts';
import { withoutTheRest } from '../values/without-the-rest.ts';
import { menuEntries, type AnyMenu } from './menu.ts';
import { bitmapOf } from './native-image.ts';
import type { Bitmap } from './png.ts';
import { noteFailure } from './failures.ts';

class StandInTray
  extends EventEmitter
  implements Pick<ElectronTray, 'setImage' | 'setToolTip' | 'setTitle' | 'getTitle' | 'setIgnoreDoubleClickEvents' | 'destroy' | 'isDestroyed'>
{
  private toolTip = '';
  private title = '';
  private icon: Bitmap;
  private menu: AnyMenu | null = null;
  private destroyed = false;
  private item: StatusNotifierItem | null = null;

  constructor(image: NativeImage | string) {
    super();
    this.icon = iconOf(image);
    this.publish().catch((error: unknown) => noteFailure(`the tray cannot be published: ${String(error)}`));
  }

  private async publish(): Promise<void> {
    const connection = await ownConnection();
    if (connection === null) return;
    const state = () => ({ id: 'stand-in', title: this.title, toolTip: this.toolTip, icon: this.icon });
    this.item = await publishItem(connection, state, () => this.emit('click', {}, { x: 0, y: 0, width: 0, height: 0 }, { x: 0, y: 0 }));
    if (this.destroyed) return this.withdraw();
    this.item.menu.publish(menuEntries(this.menu));
  }

  setImage(image: NativeImage | string): void {
    this.icon = iconOf(image);
    this.item?.changed('Icon');
  }

  setToolTip(toolTip: string): void {
    this.toolTip = toolTip;
    this.item?.changed('ToolTip');
  }

  setTitle(title: string): void {
    this.title = title;
    this.item?.changed('Title');
  }

  getTitle(): string {
    return this.title;
  }

  setContextMenu(menu: AnyMenu | null): void {
    this.menu = menu;
    this.item?.menu.publish(menuEntries(menu));
  }

  setIgnoreDoubleClickEvents(): void {}

  destroy(): void {
    this.destroyed = true;
    this.withdraw();
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }

  private withdraw(): void {
    this.item?.withdraw();
    this.item = null;
  }
}

function iconOf(image: NativeImage | string): Bitmap {
  const bitmap = bitmapOf(image);
  if (typeof image === 'string' && bitmap.width === 0) throw new Error(`Failed to load image from path '${image}'`);
  return bitmap;
}

export const Tray = new Proxy(StandInTray, { construct: (Class, [image]: [NativeImage | string]) => withoutTheRest('Tray', new Class(image)) });
