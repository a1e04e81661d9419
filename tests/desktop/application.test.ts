// The built desktop application under the stand-in for Electron.
import { desktopSuite } from './driver/desktop-suite.ts';
import { launchStandIn } from './driver/launch-stand-in.ts';
import { desktopFlows } from './flows/desktop-flows.ts';

desktopSuite('desktop application under the stand-in', () => desktopFlows(launchStandIn));
