// From the menu as data to what Electron builds a menu of.
import type { MenuItemConstructorOptions } from 'electron';
import { assertNever } from '../../shared/model/assert-never.ts';
import type { MenuEntry, TrayAction } from './menu-model.ts';

export function menuTemplate(entries: readonly MenuEntry[], act: (action: TrayAction) => void): MenuItemConstructorOptions[] {
  return entries.map((entry): MenuItemConstructorOptions => {
    switch (entry.kind) {
      case 'text':
        return { label: plain(entry.text), enabled: false };
      case 'separator':
        return { type: 'separator' };
      case 'action': {
        const { text, enabled, chosen, action } = entry;
        return { label: plain(text), enabled, ...(chosen === null ? {} : { type: 'radio', checked: chosen }), click: () => act(action) };
      }
      case 'submenu':
        return { label: plain(entry.text), submenu: menuTemplate(entry.entries, act) };
      default:
        return assertNever(entry);
    }
  });
}

/** An ampersand would mark the next letter as a key. */
function plain(text: string): string {
  return text.replaceAll('&', '&&');
}
