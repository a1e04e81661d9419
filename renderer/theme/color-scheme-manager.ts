// Mantine's colour scheme, kept where the host keeps what a person chose.
import type { MantineColorSchemeManager } from '@mantine/core';
import type { Preferences } from '../host/preferences.ts';

export function colorSchemeManager(preferences: Preferences): MantineColorSchemeManager {
  let unwatch = (): void => undefined;
  return {
    get: () => preferences.colorScheme(),
    set: (scheme) => preferences.setColorScheme(scheme),
    subscribe: (listener) => {
      unwatch = preferences.watch(listener);
    },
    unsubscribe: () => unwatch(),
    clear: () => preferences.setColorScheme('auto'),
  };
}
