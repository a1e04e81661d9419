// The built desktop application under Electron itself, where its program has been fetched and there is a screen.
import { describe } from 'vitest';
import { electronProgram, launchElectron } from './driver/launch-electron.ts';
import { desktopFlows } from './flows/desktop-flows.ts';

const program = electronProgram();
const hasScreen = process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);

if (program === null) console.log('skipped: no Electron binary');
else if (!hasScreen) console.log('skipped: no display for Electron');

describe.skipIf(program === null || !hasScreen)('desktop application under Electron', () => desktopFlows((options) => launchElectron(program ?? '', options)));
