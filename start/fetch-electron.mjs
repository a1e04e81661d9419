// Fetches Electron's program with Electron's own downloader, its install.js: that knows mirrors, cache and checksums. This adds
// what it lacks: progress, a time limit, npm's proxy, and one line instead of a stack trace.
import { fork } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { watchDownload } from './download-progress.mjs';
import { proxyEnvironment } from './proxy.mjs';
import { signals, whenOrphaned } from './run.mjs';

const hook = fileURLToPath(new URL('report-download.cjs', import.meta.url));

/**
 * null when it is there now; otherwise the reason, without a full stop. `terminal` is where progress is shown.
 * `stallMs` without a byte, or `limitMs` in all, is too long.
 */
export async function fetchElectron(electron, { env, terminal, stallMs = 30_000, limitMs = 1_800_000 }) {
  const refusal = refuse(electron, env);
  if (refusal !== null) return refusal;
  // An interrupted download leaves nothing behind: the downloader keeps partial files in the temporary folder.
  const scratch = mkdtempSync(path.join(tmpdir(), 'tspm-electron-'));
  try {
    const problem = await download(electron, { ...env, ...proxyEnvironment(env), TMPDIR: scratch, TEMP: scratch, TMP: scratch, ELECTRON_GET_NO_PROGRESS: '1' }, { scratch, terminal, stallMs, limitMs });
    return problem === null ? null : `Electron's program could not be fetched: ${problem}`;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function refuse({ major, oldestNode, folder }, env) {
  const [ownMajor, ownMinor] = process.versions.node.split('.').map(Number);
  const [wantedMajor, wantedMinor] = oldestNode;
  if (ownMajor < wantedMajor || (ownMajor === wantedMajor && ownMinor < wantedMinor)) {
    return `Electron ${major} needs Node ${wantedMajor}.${wantedMinor} or later to fetch its program, and this is Node ${process.versions.node}`;
  }
  if (env.ELECTRON_SKIP_BINARY_DOWNLOAD) return "Electron's program is not there, and ELECTRON_SKIP_BINARY_DOWNLOAD forbids fetching it";
  try {
    accessSync(folder, constants.W_OK);
  } catch {
    return `Electron's program cannot be stored: ${folder} is not writable`;
  }
  return null;
}

function download({ folder, version }, env, { scratch, terminal, stallMs, limitMs }) {
  return new Promise((resolve) => {
    const child = fork(path.join(folder, 'install.js'), [], { env, execArgv: ['--require', hook], stdio: ['ignore', 'ignore', 'pipe', 'ipc'], detached: process.platform !== 'win32' });
    let complaint = '';
    let cause = null;
    let stopped = null;
    const stop = (reason) => {
      stopped ??= reason;
      child.kill('SIGKILL');
    };
    const progress = watchDownload({ scratch, terminal, version, stallMs, limitMs, tooLong: stop });
    // Ctrl+C cancels the download only; the other signals end npm start.
    const leave = () => {
      child.kill('SIGKILL');
      rmSync(scratch, { recursive: true, force: true });
      process.exit(1);
    };
    const handle = (signal) => (signal === 'SIGINT' ? stop('it was interrupted') : leave());
    for (const signal of signals) process.on(signal, handle);
    const orphaned = whenOrphaned(leave);

    child.stderr.setEncoding('utf8').on('data', (text) => (complaint = (complaint + text).slice(0, 4096)));
    child.on('message', (message) => {
      if (message.type === 'failed') cause = message.reason;
      else progress.heard(message);
    });
    child.once('error', (error) => stop(error.message));
    child.once('close', (code) => {
      progress.end();
      clearInterval(orphaned);
      for (const signal of signals) process.off(signal, handle);
      resolve(code === 0 ? null : (stopped ?? explain(complaint, cause, code)));
    });
  });
}

/** The downloader prints a stack trace. Its first line is the error, and fetch's own says nothing of the cause. */
function explain(complaint, cause, code) {
  const message = (complaint.split('\n').find((line) => line.trim() !== '') ?? `it ended with ${code}`).replace(/^(?:\w*Error): /, '').trim();
  if (message === 'fetch failed' && cause !== null) return cause;
  return message.replace(/\.$/, '');
}
