// How a reader wants logs to look: kept in the browser, the same for every process.
import { useCallback, useState } from 'react';

export interface LogOptions {
  readonly time: boolean;
  readonly wrap: boolean;
  /** Fields of structured lines one below the other. */
  readonly fields: boolean;
}

const storageKey = 'tspm-log-options';
const usual: LogOptions = { time: true, wrap: false, fields: false };

export function useLogOptions(): readonly [LogOptions, (options: LogOptions) => void] {
  const [options, setOptions] = useState(read);
  const choose = useCallback((chosen: LogOptions) => {
    setOptions(chosen);
    try {
      localStorage.setItem(storageKey, JSON.stringify(chosen));
    } catch {
      // Storage is denied or full: the choice holds until the page is closed.
    }
  }, []);
  return [options, choose];
}

function read(): LogOptions {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '{}');
    if (typeof stored !== 'object' || stored === null) return usual;
    const on = (name: keyof LogOptions): boolean => (name in stored ? Reflect.get(stored, name) === true : usual[name]);
    return { time: on('time'), wrap: on('wrap'), fields: on('fields') };
  } catch {
    // Denied, or not ours: as if nothing had been chosen.
    return usual;
  }
}
