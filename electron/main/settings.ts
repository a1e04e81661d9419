// The settings of the desktop application as they are read from a file that anybody may have edited: what is not valid there counts
// as not set.
import * as z from 'zod/mini';
import { desktopSettingsSchema, type DesktopSettings, type SettingsChange } from '../../shared/contract/desktop.ts';

export const defaultSettings: DesktopSettings = { theme: 'system', quit: 'keep', startAtLogin: false, notifications: true };

/** `stored` is anything at all. */
export function parseSettings(stored: unknown): DesktopSettings {
  const found: Readonly<Record<string, unknown>> = typeof stored === 'object' && stored !== null ? { ...stored } : {};
  const one = <Key extends keyof DesktopSettings>(key: Key, schema: z.ZodMiniType<DesktopSettings[Key]>): DesktopSettings[Key] => {
    const parsed = z.safeParse(schema, found[key]);
    return parsed.success ? parsed.data : defaultSettings[key];
  };
  const { theme, quit, startAtLogin, notifications } = desktopSettingsSchema.def.innerType.shape;
  return { theme: one('theme', theme), quit: one('quit', quit), startAtLogin: one('startAtLogin', startAtLogin), notifications: one('notifications', notifications) };
}

export function changedSettings(before: DesktopSettings, change: SettingsChange): DesktopSettings {
  return {
    theme: change.theme ?? before.theme,
    quit: change.quit ?? before.quit,
    startAtLogin: change.startAtLogin ?? before.startAtLogin,
    notifications: change.notifications ?? before.notifications,
  };
}
