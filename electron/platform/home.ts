// Where TSPM_HOME is and what lies in it, on every platform.
import { chmod, mkdir, stat } from 'node:fs/promises';
import { lstatSync } from 'node:fs';
import { homedir, tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { errorCode, Failure } from '../../shared/model/failure.ts';
import type { HomePaths } from '../../shared/model/home.ts';
import { removeLeftoverTemporaries } from './temporary-file.ts';
import { checkHome } from './trust/check-home.ts';
import { checkSocket } from './trust/check-socket.ts';

/** sun_path holds 104 bytes on macOS and 108 on Linux, the closing zero included. */
const maxSocketPathBytes = 103;

const ownerOnly = 0o700;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The paths of one home. `TSPM_HOME` wins over `~/.tspm`; a relative one is taken from the current folder.
 * Throws a Failure when the environment names neither. Nothing is looked at: that is `checkHome`.
 */
export function homePaths(env: Environment = process.env): HomePaths {
  const home = path.resolve(env['TSPM_HOME'] || path.join(userFolder(env), '.tspm'));
  const socketPath = socketPlace(home);
  return {
    home,
    status: path.join(home, 'status.json'),
    controlSocket: socketPath('tspm.sock'),
    shimSocket: socketPath('shim.sock'),
    shimJournal: path.join(home, 'shim.json'),
    nextShimSocket: socketPath('next.sock'),
    nextShimJournal: path.join(home, 'shim-next.json'),
    logs: path.join(home, 'logs'),
    pids: path.join(home, 'pids'),
    run: path.join(home, 'run'),
    daemonLog: path.join(home, 'daemon.log'),
    shimLog: path.join(home, 'shim.log'),
    reserve: path.join(home, 'reserve'),
    dashboard: path.join(home, 'dashboard.json'),
  };
}

/** A short name for a home: the same for every process of this home, different for any other. */
export function homeId(home: string): string {
  // Loaded here: it costs a command line several milliseconds, and few need it.
  return process.getBuiltinModule('node:crypto').createHash('sha256').update(home).digest('hex').slice(0, 16);
}

/**
 * Makes the home and its folders, readable by their owner only. Throws a Failure when somebody else could have a hand in them, and
 * the system error when they cannot be made.
 */
export async function prepareHome(paths: HomePaths): Promise<void> {
  checkHome(paths);
  const { home, logs, pids, run, controlSocket } = paths;
  const folders = new Set([home, logs, pids, run, ...(process.platform === 'win32' ? [] : [path.dirname(controlSocket)])]);
  for (const folder of folders) await makeFolder(folder);
  // Once more: somebody may have been faster in a folder where all may write.
  checkHome(paths);
  checkSocket(controlSocket);
  if (process.platform === 'win32') return;
  // One that was made by hand, or under a strange umask. A read-only disk is asked for nothing that is so already.
  for (const folder of folders) if (((await stat(folder)).mode & 0o777) !== 0o700) await chmod(folder, ownerOnly);
  for (const folder of [home, pids, logs]) await removeLeftoverTemporaries(folder);
}

/** Like `mkdir -p`, whose recursive form in Node never ends where a file system refuses with ENOENT (below /proc). */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await makePrivate(folder);
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EEXIST' && (await stat(folder)).isDirectory()) return;
    if (code !== 'ENOENT' || path.dirname(folder) === folder || (await isFolder(path.dirname(folder)))) throw error;
    await makeFolder(path.dirname(folder));
    await makePrivate(folder);
  }
}

async function makePrivate(folder: string): Promise<void> {
  await mkdir(folder, { mode: ownerOnly });
  // A umask can take the owner's rights too.
  if (((await stat(folder)).mode & ownerOnly) !== ownerOnly) await chmod(folder, ownerOnly);
}

function isFolder(folder: string): Promise<boolean> {
  return stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/** Node would look into the list of users when HOME is not set, and use a home that nobody has asked for. */
function userFolder(env: Environment): string {
  if (process.platform === 'win32') return homedir();
  const folder = env['HOME'];
  if (folder !== undefined && path.isAbsolute(folder)) return folder;
  const problem = folder === undefined ? 'is not set' : folder === '' ? 'is empty' : `is not an absolute path (${folder})`;
  throw new Failure('invalid-input', `HOME ${problem}, so there is no place for TSPM's own files. Set HOME to your home folder, or TSPM_HOME to the folder to use.`);
}

function socketPlace(home: string): (name: string) => string {
  if (process.platform === 'win32') return (name) => `\\\\.\\pipe\\tspm-${userInfo().username}-${homeId(home)}-${name}`;
  const longest = Buffer.byteLength(path.join(home, 'tspm.sock'));
  const folder = longest <= maxSocketPathBytes ? home : shortFolder(home);
  return (name) => path.join(folder, name);
}

/**
 * Where the sockets of a home with a long path are. Not below `$TMPDIR`, which is another one in a shell, a service and a cron job:
 * all of them must find the same engine. TSPM 0.1 did that, and what it still runs there is respected.
 */
function shortFolder(home: string): string {
  const name = `tspm-${process.getuid?.() ?? 0}-${homeId(home)}`;
  const usual = path.join('/tmp', name);
  const earlier = path.join(tmpdir(), name);
  return earlier !== usual && hasSocket(earlier) && !hasSocket(usual) ? earlier : usual;
}

function hasSocket(folder: string): boolean {
  try {
    return ['tspm.sock', 'shim.sock'].some((name) => lstatSync(path.join(folder, name), { throwIfNoEntry: false }) !== undefined);
  } catch {
    // Not ours to look into.
    return false;
  }
}
