// The desktop application under Electron itself, driven by Playwright. Only where Electron's program has been fetched already.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { MessageBoxOptions, MessageBoxReturnValue } from 'electron';
import { _electron } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from '../../helpers/temporary.ts';
import { dbusDaemonFile } from '../../helpers/tools.ts';
import { waitFor } from '../../helpers/wait-for.ts';
import { startDesktopShell, type DesktopShell } from '../shell/desktop-shell.ts';
import { applicationFolder, type DesktopDriver, type LaunchOptions, type MessageBox } from './desktop-driver.ts';

/** What the main process keeps of message boxes, since nobody can press a button of a real one. */
interface Boxes {
  readonly standInBoxes: { readonly options: MessageBoxOptions; readonly answer: (value: MessageBoxReturnValue) => void }[];
}

export async function launchElectron(executablePath: string, { args = [], env = {} }: LaunchOptions = {}): Promise<DesktopDriver> {
  const folder = await temporaryFolder();
  const config = path.join(folder, 'config');
  await mkdir(config);
  const shell = await startShell(folder);
  const bus: Record<string, string> = typeof shell === 'string' ? {} : { DBUS_SESSION_BUS_ADDRESS: shell.address };
  const environment = { ...present(process.env), HOME: folder, XDG_CONFIG_HOME: config, ...bus, ...env };
  // Chromium's sandbox does not run as root.
  const flags = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

  const application = await _electron.launch({ executablePath, args: [...flags, applicationFolder, ...args], env: environment });
  const child = application.process();
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (more: string) => (output += more));
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  const kill = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  onTestFinished(kill);

  await application.evaluate(({ dialog }) => {
    const boxes: Boxes = Object.assign(globalThis, { standInBoxes: [] });
    dialog.showMessageBox = (...given: readonly unknown[]) => new Promise((answer) => boxes.standInBoxes.push({ options: given.at(-1) as MessageBoxOptions, answer }));
  });

  return {
    host: 'electron',
    pid: child.pid ?? 0,
    shell,
    ended,
    kill,
    output: () => output,
    page: () => application.firstWindow(),
    windows: () =>
      application.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows().map((window) => ({ visible: window.isVisible(), focused: window.isFocused(), url: window.webContents.getURL() })),
      ),
    closeWindow: () => application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close()),
    async answerBox(button) {
      const answered = await waitFor(
        () =>
          application.evaluate((_electron, pressed): MessageBox | null => {
            const box = (globalThis as unknown as Boxes).standInBoxes.shift();
            if (box === undefined) return null;
            const { message, buttons = [] } = box.options;
            box.answer({ response: buttons.indexOf(pressed), checkboxChecked: false });
            return { message, buttons };
          }, button),
        { what: 'a message box' },
      );
      return answered;
    },
    async startAgain(...more) {
      const again = spawn(executablePath, [...flags, applicationFolder, ...more], { env: environment, stdio: 'ignore' });
      onTestFinished(() => void again.kill('SIGKILL'));
      const [code] = (await once(again, 'exit')) as [number | null];
      return code;
    },
    // It may be gone before its answer is here.
    askToQuit: () => application.evaluate(({ app }) => void setImmediate(() => app.quit())).catch(() => undefined),
  };
}

async function startShell(folder: string): Promise<DesktopShell | string> {
  if (process.platform !== 'linux') return 'only Linux has trays and notifications that a test can reach';
  if (!existsSync(dbusDaemonFile)) return `${dbusDaemonFile} is missing`;
  const shell = await startDesktopShell(folder);
  onTestFinished(() => shell.stop());
  return shell;
}

function present(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
