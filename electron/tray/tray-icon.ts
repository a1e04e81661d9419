// Which of the generated pictures the tray shows; build/icons.mjs makes them. Each has one of twice the size beside it (@2x).
import type { TrayState } from './tray-state.ts';

export interface TrayIcon {
  readonly file: string;
  /** macOS draws it in the colours of its menu bar. */
  readonly template: boolean;
}

export function trayIcon(state: TrayState, platform: NodeJS.Platform): TrayIcon {
  if (platform === 'darwin') return { file: `tray/${state}-Template.png`, template: true };
  return { file: `tray/${state}-${platform === 'win32' ? 16 : 22}.png`, template: false };
}
