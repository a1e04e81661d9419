// The built desktop application under Electron itself: only when asked for with `npm run test:electron`, because windows open.
import { describe } from 'vitest';
import { electronProgram, wantsElectron } from './driver/electron-program.ts';
import { launchElectron } from './driver/launch-electron.ts';
import { desktopFlows } from './flows/desktop-flows.ts';

const program = process.env[wantsElectron] === undefined ? null : electronProgram();

if (program === null) console.log(`skipped: desktop application under Electron: ${process.env[wantsElectron] === undefined ? 'only with npm run test:electron' : 'no Electron binary'}`);

describe.skipIf(program === null)('desktop application under Electron', () => desktopFlows((options) => launchElectron(program ?? '', options)));
