// macOS has a menu bar that belongs to the application, and its editing keys work through it. Elsewhere the window needs none.
import { Menu } from 'electron';

export function setApplicationMenu(): void {
  Menu.setApplicationMenu(process.platform === 'darwin' ? Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }]) : null);
}
