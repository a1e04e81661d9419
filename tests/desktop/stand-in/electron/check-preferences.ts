// Electron's security checklist for windows, as far as it is a window's own options.
import type { BrowserWindowConstructorOptions } from 'electron';

type Preferences = NonNullable<BrowserWindowConstructorOptions['webPreferences']>;

/** The stand-in knows no window without it. */
export function checkPreferences({ contextIsolation = true, sandbox = true, nodeIntegration = false, webSecurity = true }: Preferences): void {
  if (contextIsolation && sandbox && !nodeIntegration && webSecurity) return;
  throw new Error('the stand-in has no windows without contextIsolation, sandbox and webSecurity, and none with nodeIntegration');
}
