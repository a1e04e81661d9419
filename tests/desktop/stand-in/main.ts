// Loaded with `node --require` before the application's main script: from then on `require('electron')` gives the stand-in, and the
// process looks like Electron's main process.
import Module from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launchBrowser, type Browser } from './chromium/browser.ts';
import { serveControl } from './control.ts';
import { noteFailure } from './electron/failures.ts';
import { createStandIn } from './electron/electron.ts';

// Put in by the bundler, see driver/build-stand-in.ts.
declare const ISOLATED_WORLD: string;
declare const MAIN_WORLD: string;
declare const ELECTRON_VERSION: string;

const main = path.resolve(process.argv[1] ?? '.');
let browser: Promise<Browser> | null = null;
let launched: Browser | null = null;

const { app, electron } = createStandIn(main, {
  scripts: { isolated: ISOLATED_WORLD, main: MAIN_WORLD },
  browser: () =>
    (browser ??= launchBrowser(process.env['STAND_IN_CHROMIUM'] ?? '/usr/bin/chromium', process.env['STAND_IN_FOLDER'] ?? tmpdir()).then((started) => {
      launched = started;
      return started;
    })),
});

type Load = (request: string, ...rest: unknown[]) => unknown;
const loader = Module as unknown as { _load: Load };
const load = loader._load.bind(Module);
loader._load = (request, ...rest) => (request === 'electron' ? electron : load(request, ...rest));

Object.defineProperty(process, 'type', { value: 'browser' });
Object.defineProperty(process, 'versions', { value: { ...process.versions, electron: ELECTRON_VERSION } });
Object.defineProperty(process, 'resourcesPath', { value: path.dirname(main) });
// Run from a folder, not from a package.
Object.defineProperty(process, 'defaultApp', { value: true });

// An application lives until it quits, whether or not something keeps Node busy.
setInterval(() => undefined, 0x7fffffff);
// Electron shows the first in a dialog and prints the second; neither ends an application. Here a test shall fail by them.
process.on('uncaughtException', (error) => noteFailure(`uncaught exception: ${error.stack ?? String(error)}`));
process.on('unhandledRejection', (reason) => noteFailure(`unhandled rejection: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`));
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // A listener of the application takes the place of Electron's own.
    if (process.listenerCount(signal) === 1) app.quit();
  });
}
serveControl(app, () => launched);
