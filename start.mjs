// `npm start`: the desktop application where Electron's program and a display are, else the dashboard in a browser. Electron's package
// fetches its program when it is first asked for; nobody asks here.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const root = path.dirname(fileURLToPath(import.meta.url));
const parent = process.ppid;

const problem = hasDisplay() ? null : 'there is no display';
const electron = electronProgram();
if (problem === null && electron !== null) process.exitCode = await run(electron, [root]);
else await serveDashboard(problem ?? 'the program of Electron is not installed');

/** Until Ctrl+C. The services are not the dashboard's: they run on. */
async function serveDashboard(why) {
  process.stdout.write(`No desktop application here, because ${why}: this is the dashboard.\n`);
  const tspm = path.join(root, 'out/tspm.cjs');
  const code = await run(process.execPath, [tspm, 'dashboard']);
  if (code !== 0) {
    process.exitCode = code;
    return;
  }
  process.stdout.write('Ctrl+C closes the dashboard. Services run on; `tspm kill` ends them.\n');
  await interrupted();
  process.exitCode = await run(process.execPath, [tspm, 'dashboard', '--close']);
}

function interrupted() {
  return new Promise((resolve) => {
    const orphaned = whenOrphaned(resolve);
    for (const signal of signals) {
      process.on(signal, () => {
        clearInterval(orphaned);
        resolve();
      });
    }
  });
}

/** A SIGTERM to `npm start` ends the shell in between, and goes no further. */
function whenOrphaned(act) {
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    act();
  }, 500);
  return timer;
}

function run(program, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit' });
    // It ends in its own time, and this with it. A terminal has told it already, which does no harm.
    const passOn = (signal) => child.kill(signal);
    for (const signal of signals) process.on(signal, passOn);
    // What is run after that is the tidying up.
    const orphaned = process.ppid === parent ? whenOrphaned(() => passOn('SIGTERM')) : undefined;
    child.once('close', () => {
      clearInterval(orphaned);
      signals.forEach((signal) => process.off(signal, passOn));
    });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

function hasDisplay() {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
}

/** null when it has not been fetched. Where it lies is what electron/index.js knows. */
function electronProgram() {
  const folder = path.join(root, 'node_modules/electron');
  const name = existsSync(path.join(folder, 'path.txt')) ? readFileSync(path.join(folder, 'path.txt'), 'utf8') : null;
  const elsewhere = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  const program = elsewhere ? path.join(elsewhere, name ?? 'electron') : path.join(folder, 'dist', name ?? 'electron');
  return existsSync(program) ? program : null;
}
