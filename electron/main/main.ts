// The desktop application: one per home. It hosts the engine and shows it in a window, in the tray and in notifications; here they are
// wired together, and nothing is decided.
import { app, ipcMain, nativeTheme, protocol } from 'electron';
import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { createClient } from '../../shared/client/client.ts';
import { controlSocketOnly } from '../../shared/contract/commands.ts';
import type { SettingsChange } from '../../shared/contract/desktop.ts';
import { systemClock } from '../../shared/model/clock.ts';
import { errorMessage } from '../../shared/model/failure.ts';
import { openLog } from '../daemon/own-log.ts';
import { daemonFlags, shimFlags } from '../platform/engine-process.ts';
import { serveWindows } from '../transport/ipc/serve-windows.ts';
import { createLocalTransport } from '../transport/local-transport.ts';
import { joinServices, withoutCommands } from '../transport/service.ts';
import { isUp } from '../tray/process-summary.ts';
import { createEngineTray } from '../tray/tray.ts';
import { setApplicationMenu } from './application-menu.ts';
import { askBeforeQuit } from './ask-before-quit.ts';
import { createDesktopService } from './desktop-service.ts';
import { createEngineLink } from './engine-link.ts';
import { guardPages } from './guard-pages.ts';
import { handOver } from './hand-over.ts';
import { createHostEnvironment } from './host-environment.ts';
import { createMainWindow } from './main-window.ts';
import { createNotifications } from './notifications.ts';
import { ownHome, refuseToStart } from './own-home.ts';
import { isOwnPage, pageScheme } from './page-address.ts';
import { programsBeside } from './programs.ts';
import { createQuit } from './quit.ts';
import { pageServer } from './serve-pages.ts';
import { openSettings } from './settings-store.ts';
import { showProblem } from './show-problem.ts';
import { backgroundArgument, setStartAtLogin } from './start-at-login.ts';
import { trayActions } from './tray-actions.ts';
import { watchEngine } from './watch-engine.ts';

const { paths, problem } = ownHome();
const log = openLog(paths.daemonLog);
const programs = programsBeside(__dirname);

protocol.registerSchemesAsPrivileged([{ scheme: pageScheme, privileges: { standard: true, secure: true } }]);
// Another home is another engine, with an application of its own.
const ownData = path.join(paths.home, 'desktop');
if (problem === null) {
  mkdirSync(ownData, { recursive: true, mode: 0o700 });
  app.setPath('userData', ownData);
}
app.setAppUserModelId('io.github.tspm');
// No page without it, whatever a window says.
app.enableSandbox();

if (problem !== null) refuseToStart(problem);
else if (app.requestSingleInstanceLock()) run();
else app.quit();

function run(): void {
  process.on('uncaughtException', (error) => log(`uncaught: ${error.stack ?? error.message}`));
  process.on('unhandledRejection', (reason) => log(`unhandled: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`));

  const settings = openSettings(log);
  const link = createEngineLink({
    paths,
    shimCommand: [...shimFlags, programs.shim, '--daemon', ...daemonFlags, programs.daemon],
    preload: programs.servicePreload,
    assets: programs.pages,
    environment: createHostEnvironment(process.env, Boolean(process.stdin.isTTY), log),
    log,
    killed: () => quit.ended(),
    failed: (reason) => showProblem('The engine cannot start', reason),
  });
  const client = createClient(createLocalTransport(link.service));

  const quit = createQuit({
    setting: () => settings.settings.quit,
    async running() {
      await link.settled();
      return link.state === 'hosting' ? (await client.call('list', {})).filter(isUp).length : 0;
    },
    ask: askBeforeQuit,
    handOver: (successor) => handOver(link, paths, programs.daemon, successor),
    stopAll: async () => void (await client.call('kill', {})),
    failed: (error) => showProblem('TSPM cannot be quit in good order', errorMessage(error)),
    leave: () => app.quit(),
  });
  app.on('before-quit', (event) => quit.request(event));
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => quit.now());
  // The application lives in the tray; without a listener Electron would quit.
  app.on('window-all-closed', () => undefined);

  const desktop = createDesktopService({ settings: () => settings.settings, change: changeSettings });
  async function changeSettings(change: SettingsChange): Promise<void> {
    if (change.startAtLogin !== undefined && change.startAtLogin !== settings.settings.startAtLogin) await setStartAtLogin(change.startAtLogin);
    settings.change(change);
    nativeTheme.themeSource = settings.settings.theme;
  }

  const window = createMainWindow({
    preload: programs.windowPreload,
    icon: path.join(programs.icons, 'app/256x256.png'),
    lastBounds: () => settings.bounds,
    keepBounds: settings.keepBounds,
    log,
  });
  function open(process: string | null, section: 'overview' | 'logs'): void {
    if (process !== null) desktop.open({ process, section });
    window.show();
  }
  app.on('second-instance', (_event, argv) => {
    if (!argv.includes(backgroundArgument)) window.show();
  });
  app.on('activate', () => window.show());

  const startEngine = (): void => void link.open();
  startEngine();

  void app.whenReady().then(() => {
    setApplicationMenu();
    nativeTheme.themeSource = settings.settings.theme;
    guardPages(log);
    protocol.handle(pageScheme, pageServer(programs.pages));
    serveWindows({
      messages: ipcMain,
      service: joinServices(withoutCommands(link.service, controlSocketOnly), desktop.service),
      isKnown: window.isPage,
      isOurs: isOwnPage,
      log,
    });

    const notifications = createNotifications(log);
    const tell = (title: string, body: string, process: string | null): void => notifications.show({ title, body }, () => open(process, 'overview'));
    const tray = createEngineTray({
      clock: systemClock,
      icons: programs.icons,
      parallelism: availableParallelism(),
      act: trayActions({ client, open, startEngine, quit: () => app.quit(), failed: (what, message) => tell(`${what} failed`, message, null) }),
    });
    watchEngine(client, systemClock, {
      show: tray.show,
      tell({ title, body, process: name }) {
        if (settings.settings.notifications) tell(title, body, name);
      },
      reason: () => link.reason,
      log,
    });
    if (!process.argv.includes(backgroundArgument)) window.show();
  });
}
