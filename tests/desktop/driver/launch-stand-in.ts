// The desktop application under the stand-in for Electron: plain Node, real Chromium pages, a real session bus.
import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { groupLives } from '../../../electron/platform/process-group.ts';
import { temporaryFolder } from '../../helpers/temporary.ts';
import { waitFor } from '../../helpers/wait-for.ts';
import { startDesktopShell, type DesktopShell } from '../shell/desktop-shell.ts';
import type { DesktopState } from '../stand-in/control-messages.ts';
import { buildStandIn } from './build-stand-in.ts';
import { controlOf } from './control-client.ts';
import type { DesktopDriver, LaunchOptions } from './desktop-driver.ts';
import { chromiumFile } from '../../helpers/tools.ts';

export const builtMain = fileURLToPath(new URL('../../../out/main/main.cjs', import.meta.url));

export interface StandInDriver extends DesktopDriver {
  readonly shell: DesktopShell;
  setSystemTheme(dark: boolean): Promise<void>;
  state(): Promise<DesktopState>;
}

/** Ends with its test, and nothing of it is left. */
export async function launchStandIn({ main = builtMain, args = [], env = {} }: LaunchOptions = {}): Promise<StandInDriver> {
  const folder = await temporaryFolder();
  const [standIn, shell] = await Promise.all([buildStandIn(folder), startDesktopShell(folder)]);
  onTestFinished(() => shell.stop());
  const config = path.join(folder, 'config');
  await mkdir(config);

  const own = { HOME: folder, XDG_CONFIG_HOME: config, DBUS_SESSION_BUS_ADDRESS: shell.address, STAND_IN_CHROMIUM: chromiumFile, STAND_IN_FOLDER: folder, TERM_PROGRAM: 'tests' };
  const options = { env: { ...process.env, ...own, ...env }, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] } satisfies SpawnOptions;
  const start = (...more: readonly string[]) => spawn(process.execPath, ['--require', standIn, main, ...more], options);

  const child = start(...args);
  const output = collect(child);
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  const control = controlOf(child);
  const kill = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  let browserPid: number | null = null;
  const state = async () => {
    const now = await control({ name: 'state' });
    browserPid = now.browserPid;
    return now;
  };
  onTestFinished(async () => {
    // It ends with its channel to the test, and takes the browser with it; one that hangs is killed.
    if (child.connected) child.disconnect();
    await waitFor(() => child.exitCode !== null || child.signalCode !== null, { what: 'the stand-in to end', timeoutMs: 3_000 }).catch(kill);
    await waitFor(async () => browserPid === null || !(await groupLives(browserPid)), { what: 'the browser of the stand-in to end' });
  });

  /** Waits for something of its state; fails with what went wrong in it, or with what it printed if it has ended. */
  async function see<Value>(look: (state: DesktopState) => Value, what: string): Promise<Exclude<Value, null | undefined | false>> {
    const found = await waitFor(
      async () => {
        const now = await state().catch((error: unknown) => Promise.reject(new Error(`${String(error)}; it printed:\n${output()}`)));
        if (now.failures.length > 0) throw new Error(now.failures.join('\n'));
        return look(now);
      },
      { what, timeoutMs: 20_000 },
    );
    return found as Exclude<Value, null | undefined | false>;
  }

  let pages: Promise<readonly Page[]> | null = null;
  // As Playwright does with Electron; a start before that might come to be the first of two.
  await see((now) => now.ready, 'the application to be ready');

  return {
    host: 'stand-in',
    pid: child.pid ?? 0,
    shell,
    ended,
    kill,
    output,
    state,
    async page() {
      const endpoint = await see((now) => now.windows.some(({ loaded }) => loaded) && now.endpoint, 'a window that has loaded its page');
      pages ??= connectPages(endpoint);
      return waitFor(async () => (await pages)?.find((page) => !page.isClosed()), { what: 'the page of a window' });
    },
    windows: async () => (await state()).windows,
    async closeWindow() {
      const window = await see((now) => now.windows[0], 'a window');
      await control({ name: 'closeWindow', window: window.id });
    },
    async answerBox(button) {
      const box = await see((now) => now.boxes[0], 'a message box');
      await control({ name: 'answer', box: box.id, button, checkboxChecked: false });
      return box;
    },
    async startAgain(...more) {
      const again = start(...more);
      onTestFinished(() => void again.kill('SIGKILL'));
      const [code] = (await once(again, 'exit')) as [number | null];
      return code;
    },
    setSystemTheme: async (dark) => void (await control({ name: 'systemTheme', dark })),
    askToQuit: async () => void (await control({ name: 'quit' })),
  };
}

async function connectPages(endpoint: string): Promise<readonly Page[]> {
  // Without defaults, because Playwright's would overrule the application's theme.
  const browser = await chromium.connectOverCDP(endpoint, { noDefaults: true });
  onTestFinished(() => browser.close().catch(() => undefined));
  const context = browser.contexts()[0];
  if (context === undefined) throw new Error('the browser of the stand-in has no context');
  const pages = context.pages();
  context.on('page', (page) => pages.push(page));
  return pages;
}

function collect(child: ChildProcess): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (more: string) => (text += more));
  return () => text;
}
