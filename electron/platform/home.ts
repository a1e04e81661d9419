// Where TSPM_HOME is and what lies in it, on every platform.
import { chmod, mkdir, stat } from 'node:fs/promises';
import { homedir, tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { errorCode } from '../../shared/model/failure.ts';
import type { HomePaths } from '../../shared/model/home.ts';

/** sun_path holds 104 bytes on macOS and 108 on Linux, the closing zero included. */
const maxSocketPathBytes = 103;

/** The paths of one home. `TSPM_HOME` wins over `~/.tspm`; a relative one is taken from the current folder. */
export function homePaths(env: Readonly<Record<string, string | undefined>> = process.env): HomePaths {
  const home = path.resolve(env['TSPM_HOME'] || path.join(homedir(), '.tspm'));
  return {
    home,
    status: path.join(home, 'status.json'),
    controlSocket: socketPath(home, 'tspm.sock'),
    shimSocket: socketPath(home, 'shim.sock'),
    shimJournal: path.join(home, 'shim.json'),
    logs: path.join(home, 'logs'),
    pids: path.join(home, 'pids'),
    run: path.join(home, 'run'),
    daemonLog: path.join(home, 'daemon.log'),
    shimLog: path.join(home, 'shim.log'),
    takeoverLock: path.join(home, 'takeover.lock'),
    dashboard: path.join(home, 'dashboard.json'),
  };
}

/** A short name for a home: the same for every process of this home, different for any other. */
export function homeId(home: string): string {
  // Loaded here: it costs a command line several milliseconds, and few need it.
  return process.getBuiltinModule('node:crypto').createHash('sha256').update(home).digest('hex').slice(0, 16);
}

/** Makes the home and its folders, readable by their owner only. */
export async function prepareHome(paths: HomePaths): Promise<void> {
  for (const folder of [paths.home, paths.logs, paths.pids, paths.run]) {
    await makeFolder(folder);
  }
  if (process.platform === 'win32') return;
  await makeFolder(path.dirname(paths.controlSocket));
  // One that was made by hand, or by a looser umask, is closed too.
  for (const folder of [paths.home, paths.logs, paths.pids, paths.run]) await chmod(folder, 0o700);
}

/** Like `mkdir -p`, whose recursive form in Node never ends where a file system refuses with ENOENT (below /proc). */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EEXIST' && (await stat(folder)).isDirectory()) return;
    if (code !== 'ENOENT' || path.dirname(folder) === folder || (await isFolder(path.dirname(folder)))) throw error;
    await makeFolder(path.dirname(folder));
    await mkdir(folder, { mode: 0o700 });
  }
}

function isFolder(folder: string): Promise<boolean> {
  return stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

function socketPath(home: string, name: string): string {
  if (process.platform === 'win32') return `\\\\.\\pipe\\tspm-${userInfo().username}-${homeId(home)}-${name}`;
  const inHome = path.join(home, name);
  if (Buffer.byteLength(inHome) <= maxSocketPathBytes) return inHome;
  return path.join(tmpdir(), `tspm-${userInfo().uid}-${homeId(home)}`, name);
}
