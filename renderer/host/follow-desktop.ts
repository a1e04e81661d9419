// What the desktop application asks of its page: the theme of its settings, and to go where somebody clicked, in the tray or on a
// notification. Asked for by capability: a host without it is left alone.
import type { DesktopClient } from '../../shared/client/desktop-client.ts';
import type { DesktopSettings, DesktopState } from '../../shared/contract/desktop.ts';
import { processPath } from '../format/paths.ts';
import type { ColorScheme, Preferences } from './preferences.ts';

export interface DesktopPorts {
  readonly desktop: DesktopClient;
  readonly capable: () => Promise<boolean>;
  /** Where the choice is found before the application has answered. */
  readonly stored: Preferences;
  readonly goTo: (path: string) => void;
  readonly failed: (error: unknown) => void;
}

/** Preferences that are the application's settings. */
export function followDesktop({ desktop, capable, stored, goTo, failed }: DesktopPorts): Preferences {
  const listeners = new Set<(scheme: ColorScheme) => void>();

  const take = ({ settings, open }: DesktopState): void => {
    const scheme = schemeOf(settings.theme);
    if (scheme !== stored.colorScheme()) {
      stored.setColorScheme(scheme);
      for (const listener of listeners) listener(scheme);
    }
    if (open !== null) goTo(processPath(open.process));
  };
  void capable().then((can) => {
    if (can) desktop.watch(new AbortController().signal, take).catch(failed);
  }, failed);

  return {
    colorScheme: stored.colorScheme,
    setColorScheme: (scheme) => {
      stored.setColorScheme(scheme);
      desktop.changeSettings({ theme: themeOf(scheme) }).catch(failed);
    },
    watch: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function schemeOf(theme: DesktopSettings['theme']): ColorScheme {
  return theme === 'system' ? 'auto' : theme;
}

function themeOf(scheme: ColorScheme): DesktopSettings['theme'] {
  return scheme === 'auto' ? 'system' : scheme;
}
