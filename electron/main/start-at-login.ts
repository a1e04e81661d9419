// Whether the desktop brings the application up at login, without a window.
import { app } from 'electron';
import { autostartFile, setAutostart } from './autostart-entry.ts';

/** Started with this the application stays in the tray. */
export const backgroundArgument = '--background';

/** Throws the system error when it cannot be written. */
export async function setStartAtLogin(wanted: boolean): Promise<void> {
  if (process.platform !== 'linux') {
    app.setLoginItemSettings({ openAtLogin: wanted, args: [backgroundArgument] });
    return;
  }
  // An AppImage runs from a place that is another one each time; the file itself stays.
  const program = process.env['APPIMAGE'] ?? process.execPath;
  const own = app.isPackaged ? [] : [app.getAppPath()];
  await setAutostart(autostartFile(process.env), wanted ? [program, ...own, backgroundArgument] : null);
}
