// Settings and the window's place on disk, in the folder of the application's own data.
import Store from 'electron-store';
import * as z from 'zod/mini';
import type { DesktopSettings, SettingsChange } from '../../shared/contract/desktop.ts';
import { changedSettings, parseSettings } from './settings.ts';
import { windowBoundsSchema, type WindowBounds } from './window-bounds.ts';

export interface SettingsStore {
  readonly settings: DesktopSettings;
  /** Throws the system error when they cannot be written; they are as before then. */
  change(change: SettingsChange): void;
  readonly bounds: WindowBounds | null;
  keepBounds(bounds: WindowBounds): void;
}

export function openSettings(): SettingsStore {
  const store = new Store<Record<string, unknown>>({ name: 'settings', clearInvalidConfig: true, configFileMode: 0o600 });
  let settings = parseSettings(store.store);
  return {
    get settings() {
      return settings;
    },
    change(change) {
      const next = changedSettings(settings, change);
      store.set({ ...next });
      settings = next;
    },
    get bounds() {
      const parsed = z.safeParse(windowBoundsSchema, store.get('window'));
      return parsed.success ? parsed.data : null;
    },
    keepBounds: (bounds) => store.set('window', bounds),
  };
}
