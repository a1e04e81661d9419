// `npm start`: the desktop application where there is a display and Electron's program is, or can be fetched; else one line that says why,
// and the dashboard in a browser.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { serveDashboard } from './dashboard.mjs';
import { electronPackage } from './electron-package.mjs';
import { fetchElectron } from './fetch-electron.mjs';
import { run } from './run.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
/** A program that fails sooner than this did not come up. */
const comesUpMs = 10_000;

const problem = hasDisplay() ? await runDesktop() : 'there is no display';
if (problem !== null) {
  process.stdout.write(`No desktop application here, because ${problem}: this is the dashboard.\n`);
  process.exitCode = await serveDashboard(path.join(root, 'out/tspm.cjs'));
}

/** null when it ran; otherwise the reason why not. */
async function runDesktop() {
  const electron = electronPackage(path.join(root, 'node_modules/electron'));
  if (electron === null) return 'the package electron is not installed (npm ci)';
  const problem = electron.program() === null ? await fetchElectron(electron, { env: process.env, terminal: process.stdout }) : null;
  const program = electron.program();
  if (problem !== null || program === null) return problem ?? 'Electron was fetched but has no program for this system';

  const begun = performance.now();
  const { code, asked, error } = await run(program, [root], withoutSwitches(process.env));
  if (error !== null) return `Electron could not be started (${error})`;
  if (code !== 0 && !asked && performance.now() - begun < comesUpMs) return `Electron could not come up (it ended with ${code})`;
  process.exitCode = code;
  return null;
}

/** Switches for Node in the shell are not meant for the application. */
function withoutSwitches(env) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(?:NODE_.*|ELECTRON_RUN_AS_NODE)$/i.test(name)));
}

function hasDisplay() {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}
