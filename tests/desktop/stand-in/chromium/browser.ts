// The Chromium whose pages are the stand-in's windows. Started with the first window; it speaks DevTools twice, over a pipe with
// the stand-in and over a loopback port with whoever tests.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { sendSignal } from '../../../../electron/platform/send-signal.ts';
import { waitFor } from '../../../helpers/wait-for.ts';
import { connectDevtools, type Devtools } from './devtools.ts';

export interface Browser {
  readonly devtools: Devtools;
  readonly pid: number;
  /** For a second client, e.g. Playwright. */
  readonly endpoint: string;
}

const flags = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--no-startup-window', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-extensions', '--disable-popup-blocking', '--mute-audio', '--password-store=basic',
  // Nothing of a page may leave the machine, and nothing may come between.
  '--no-proxy-server', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
  '--remote-debugging-pipe', '--remote-debugging-port=0',
];

/** `folder` takes its profile; whoever owns the folder removes it. */
export async function launchBrowser(executable: string, folder: string): Promise<Browser> {
  const profile = mkdtempSync(path.join(folder, 'chromium-'));
  const env: NodeJS.ProcessEnv = { ...process.env, TMPDIR: folder };
  // The private bus belongs to the application under test; the browser has no business there.
  delete env['DBUS_SESSION_BUS_ADDRESS'];
  const child = spawn(executable, [...flags, `--user-data-dir=${profile}`], { env, detached: true, stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
  // It leads a group of its own, and no process of that outlives this one to write into the profile once more.
  process.once('exit', () => {
    if (child.pid !== undefined) sendSignal(child.pid, 'SIGKILL', 'group');
  });
  const devtools = connectDevtools(child.stdio[3] as Writable, child.stdio[4] as Readable);
  await Promise.race([
    devtools.send('Browser.getVersion'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`${executable} has ended with code ${String(code)} instead of starting`))),
  ]);
  await devtools.send('Target.setDiscoverTargets', { discover: true });
  // Written some time after the pipe answers.
  const portFile = path.join(profile, 'DevToolsActivePort');
  const readPort = () => readFile(portFile, 'utf8').then((text) => /^\d+(?=\n)/.exec(text)?.[0]).catch(() => null);
  const port = await waitFor(readPort, { what: `the port of the browser in ${portFile}` });
  return { devtools, pid: child.pid ?? 0, endpoint: `http://127.0.0.1:${port}` };
}
