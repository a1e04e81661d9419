// Starts a program as the leader of its own process group (and session), and puts a failure into words.
import { spawn, type ChildProcess, type IOType } from 'node:child_process';
import { statSync, type Stats } from 'node:fs';
import path from 'node:path';
import { errorCode, errorMessage } from '../../shared/model/failure.ts';
import type { SpawnRequest } from '../../shared/model/shim-protocol.ts';
import { homeMarker } from '../platform/process-identity.ts';

export interface RunningChild {
  readonly pid: number;
  readonly process: ChildProcess;
}

/** Everything a child inherits beside its environment. */
export interface Inheritance {
  readonly output: readonly (IOType | number)[];
  /** A listening socket, as descriptor 3; null for none. */
  readonly socket: number | null;
  readonly homeId: string;
}

/** null when it cannot be started: `onFailed` is called then, perhaps a moment later. Never throws. */
export function spawnChild(request: SpawnRequest, { output, socket, homeId }: Inheritance, onFailed: (message: string) => void): RunningChild | null {
  const activated = socket !== null && !request.channel;
  const { command, args } = activated ? withListenPid(request) : request;
  const activation = activated ? { LISTEN_FDS: '1' } : {};
  try {
    const child = spawn(command, args, {
      cwd: request.cwd,
      env: { ...request.env, ...activation, [homeMarker]: homeId },
      stdio: [...output, ...(socket === null ? [] : [socket]), ...(request.channel ? ['ipc' as const] : [])],
      detached: true,
      windowsHide: true,
    });
    if (child.pid !== undefined) return { pid: child.pid, process: child };
    child.once('error', (error) => onFailed(explain(error, request)));
  } catch (error) {
    onFailed(explain(error, request));
  }
  return null;
}

/**
 * The protocol of systemd's socket activation, sd_listen_fds(3): LISTEN_PID is the pid of the program, which a shell that gives way to
 * it knows before anybody else.
 */
function withListenPid({ command, args }: SpawnRequest): { readonly command: string; readonly args: readonly string[] } {
  return { command: '/bin/sh', args: ['-c', 'LISTEN_PID=$$; export LISTEN_PID; exec "$0" "$@"', command, ...args] };
}

function explain(error: unknown, { command, cwd, env }: SpawnRequest): string {
  const folder = statOrNull(cwd);
  const shownFolder = JSON.stringify(cwd);
  const shown = JSON.stringify(command);
  const code = errorCode(error);
  if (code === 'ENOENT') {
    if (folder === null) return `the working folder ${shownFolder} does not exist`;
    if (!command.includes(path.sep)) return `the command ${shown} was not found in ${env['PATH'] === undefined ? 'the default PATH' : 'any folder of PATH'}`;
    const exists = statOrNull(path.resolve(cwd, command)) !== null;
    return exists ? `${shown} names an interpreter in its first line (#!) that does not exist` : `the command ${shown} does not exist`;
  }
  if (code === 'ENOTDIR' && folder?.isDirectory() === false) return `the working folder ${shownFolder} is not a folder`;
  if (code === 'EACCES') {
    const target = statOrNull(path.resolve(cwd, command));
    if (target?.isDirectory() === true) return `${shown} is a folder, not a program`;
    return `${shown} may not be executed, or the working folder ${shownFolder} may not be entered: permission denied (check with ls -l; chmod +x makes a script executable)`;
  }
  return `${shown} could not be started: ${hints[code ?? ''] ?? errorMessage(error)}`;
}

const hints: Readonly<Record<string, string>> = {
  ENOEXEC: 'it is no program for this machine (ENOEXEC); a script needs an interpreter or a first line with #!',
  EAGAIN: 'the limit of processes is reached (EAGAIN); see ulimit -u',
  ENOMEM: 'there is not enough memory (ENOMEM)',
  E2BIG: 'its arguments and environment together are too long (E2BIG)',
  EMFILE: 'too many files are open (EMFILE); see ulimit -n',
  ENFILE: 'too many files are open on this machine (ENFILE)',
  ETXTBSY: 'its file is being written at the moment (ETXTBSY)',
  ELOOP: 'its path has too many symbolic links (ELOOP)',
  ENAMETOOLONG: 'its path is too long (ENAMETOOLONG)',
  EPERM: 'the system does not permit it (EPERM)',
};

function statOrNull(file: string): Stats | null {
  try {
    return statSync(file, { throwIfNoEntry: false }) ?? null;
  } catch {
    // A folder on the way cannot be entered: nothing can be said of the file.
    return null;
  }
}
