// Starts one of TSPM's long-lived programs, detached; out of the login session where systemd would end it with that.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { homeId } from './home.ts';
import { loginSession, scopeIsBetter, type LoginSession } from './login-session.ts';

export interface OwnProgram {
  /** Arguments of this program's own runtime. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  /** Descriptor of the file for its output, or null for none. It may be closed when the promise settles. */
  readonly log: number | null;
  /** Its descriptor 3 is a pipe to here. */
  readonly tells?: boolean;
  /** By default what is so. */
  readonly session?: LoginSession | null;
}

/** systemd-run asks the user's manager and becomes the program; whatever keeps it from that, the plain way is soon taken. */
const scopeTimeoutMs = 2000;

/**
 * With the first a service that the kernel ends for want of memory is no reason to end the others of the scope. systemd knows it for
 * scopes since version 253; before that nothing was ended.
 */
const attempts: readonly (readonly string[])[] = [['--property=OOMPolicy=continue'], []];

/** Says on descriptor 4 that the scope is there, and gives way to the program, $0 and its arguments. 5 is the log. */
const announceAndRun = 'echo >&4; exec 4>&- >&5 2>&5 5>&-; exec "$0" "$@"';
const announcementDescriptor = 4;

/** Gives the running process. Rejects with the system's error when it cannot be started. */
export async function spawnOwn(program: OwnProgram): Promise<ChildProcess> {
  const { session = loginSession(program.env) } = program;
  const runtimeFolder = session?.runtimeFolder ?? null;
  if (session !== null && runtimeFolder !== null && (await scopeIsBetter(session))) {
    for (const properties of attempts) {
      const outcome = await spawnInScope(program, runtimeFolder, properties);
      if (outcome === 'late') break;
      if (outcome !== 'refused') return outcome;
    }
  }
  const { args, env, home, tells = false } = program;
  const log = program.log ?? 'ignore';
  const child = spawn(process.execPath, args, { ...common(home), env, stdio: ['ignore', log, log, ...(tells ? ['pipe' as const] : [])] });
  if (child.pid === undefined) throw (await once(child, 'error'))[0];
  return child;
}

async function spawnInScope({ args, env, home, log, tells = false }: OwnProgram, runtimeFolder: string, properties: readonly string[]): Promise<ChildProcess | 'refused' | 'late'> {
  const unit = `tspm-${homeId(home)}-${process.pid}-${Date.now().toString(36)}`;
  const options = ['--user', '--scope', '--collect', '--quiet', `--unit=${unit}`, '--description=TSPM', ...properties];
  const child = spawn('systemd-run', [...options, '--', '/bin/sh', '-c', announceAndRun, process.execPath, ...args], {
    ...common(home),
    env: { ...env, XDG_RUNTIME_DIR: runtimeFolder },
    stdio: ['ignore', 'ignore', 'ignore', tells ? 'pipe' : 'ignore', 'pipe', log ?? 'ignore'],
  });
  const announcement = child.stdio[announcementDescriptor] as Readable;
  const ended = new AbortController();
  for (const event of ['error', 'exit']) child.on(event, () => ended.abort());
  try {
    await once(announcement, 'data', { signal: AbortSignal.any([ended.signal, AbortSignal.timeout(scopeTimeoutMs)]) });
    return child;
  } catch {
    child.kill('SIGKILL');
    child.unref();
    return ended.signal.aborted ? 'refused' : 'late';
  } finally {
    announcement.destroy();
  }
}

/** Not in the caller's folder: the program outlives it and must not hold it. */
function common(home: string): { readonly detached: true; readonly cwd: string; readonly windowsHide: true } {
  return { detached: true, cwd: home, windowsHide: true };
}
