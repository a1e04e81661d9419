// What a person chose for the page and finds again next time. A host may keep it elsewhere than in the page's own storage.

export type ColorScheme = 'light' | 'dark' | 'auto';

export interface Preferences {
  readonly colorScheme: () => ColorScheme;
  readonly setColorScheme: (scheme: ColorScheme) => void;
  /** Told of changes that were made elsewhere: another tab, the desktop's menu. */
  readonly watch: (listener: (scheme: ColorScheme) => void) => () => void;
}

/** public/color-scheme.js reads the same key. */
const storageKey = 'tspm-color-scheme';

export function storedPreferences(storage: Storage | null, target: EventTarget): Preferences {
  let chosen = read(storage);
  return {
    colorScheme: () => chosen,
    setColorScheme: (scheme) => {
      chosen = scheme;
      try {
        storage?.setItem(storageKey, scheme);
      } catch {
        // Full or denied: the choice holds until the page is closed.
      }
    },
    watch: (listener) => {
      const changed = (event: Event): void => {
        if (!(event instanceof StorageEvent) || event.key !== storageKey) return;
        chosen = read(storage);
        listener(chosen);
      };
      target.addEventListener('storage', changed);
      return () => target.removeEventListener('storage', changed);
    },
  };
}

function read(storage: Storage | null): ColorScheme {
  const value = storage?.getItem(storageKey);
  return value === 'light' || value === 'dark' ? value : 'auto';
}

/** null where a browser denies storage: merely asking for it throws. */
export function pageStorage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
