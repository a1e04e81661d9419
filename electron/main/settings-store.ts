// Settings and the window's place on disk, in the folder of the application's own data.
import Store from 'electron-store';
import * as z from 'zod/mini';
import type { DesktopSettings, SettingsChange } from '../../shared/contract/desktop.ts';
import { errorMessage, Failure } from '../../shared/model/failure.ts';
import { changedSettings, parseSettings } from './settings.ts';
import { windowBoundsSchema, type WindowBounds } from './window-bounds.ts';

type SettingsFile = Store<Record<string, unknown>>;

export interface SettingsStore {
  readonly settings: DesktopSettings;
  /** Throws when they cannot be written; they are as before then. */
  change(change: SettingsChange): void;
  readonly bounds: WindowBounds | null;
  keepBounds(bounds: WindowBounds): void;
}

/** Where the file cannot be read, the settings are the usual ones and cannot be changed: the application is there all the same. */
export function openSettings(log: (message: string) => void): SettingsStore {
  const file = openFile(log);
  let settings = parseSettings(file?.store ?? {});
  return {
    get settings() {
      return settings;
    },
    change(change) {
      if (file === null) throw new Failure('failed', 'the settings cannot be kept, because their file cannot be read: see daemon.log');
      const next = changedSettings(settings, change);
      file.set({ ...next });
      settings = next;
    },
    get bounds() {
      const parsed = z.safeParse(windowBoundsSchema, file?.get('window'));
      return parsed.success ? parsed.data : null;
    },
    keepBounds: (bounds) => file?.set('window', bounds),
  };
}

function openFile(log: (message: string) => void): SettingsFile | null {
  try {
    return new Store<Record<string, unknown>>({ name: 'settings', clearInvalidConfig: true, configFileMode: 0o600 });
  } catch (error) {
    log(`the settings cannot be read: ${errorMessage(error)}`);
    return null;
  }
}
