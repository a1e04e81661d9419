// Where TSPM_HOME is and what lies in it, on every platform.
import { mkdir } from 'node:fs/promises';
import { homedir, tmpdir, userInfo } from 'node:os';
import path from 'node:path';
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
    await mkdir(folder, { recursive: true, mode: 0o700 });
  }
  if (process.platform !== 'win32') {
    await mkdir(path.dirname(paths.controlSocket), { recursive: true, mode: 0o700 });
  }
}

function socketPath(home: string, name: string): string {
  if (process.platform === 'win32') return `\\\\.\\pipe\\tspm-${userInfo().username}-${homeId(home)}-${name}`;
  const inHome = path.join(home, name);
  if (Buffer.byteLength(inHome) <= maxSocketPathBytes) return inHome;
  return path.join(tmpdir(), `tspm-${userInfo().uid}-${homeId(home)}`, name);
}
