// How TSPM's own two long-lived programs are run: small, and without what belongs to a caller or to a service.
import { closeSync, openSync } from 'node:fs';
import { errorMessage } from '../../shared/model/failure.ts';
import type { HomePaths } from '../../shared/model/home.ts';
import { describeExit } from '../../shared/model/process-state.ts';
import { inspectorFlags } from './inspector-flag.ts';
import { ownEnvironment, type Environment } from './own-environment.ts';
import { homeMarker } from './process-identity.ts';
import { spawnOwn } from './spawn-own.ts';

/** A supervisor waits nearly all of its life. Without the optimizing compilers it needs 4 MB less, and is no slower. */
export const daemonFlags: readonly string[] = ['--max-semi-space-size=1', '--no-opt', '--no-sparkplug', ...inspectorFlags];

/** A shim moves bytes: it keeps the compilers, and makes few objects. */
export const shimFlags: readonly string[] = ['--max-semi-space-size=1', ...inspectorFlags];

/** `environment` for a program that belongs to a home and not to the service or the shell that happened to start it. */
export function engineEnvironment(environment: Environment, home: string): Record<string, string | undefined> {
  const { [homeMarker]: _marker, ...rest } = ownEnvironment(environment);
  // glibc gives every thread an arena of its own; these programs have one busy thread.
  return { ...rest, MALLOC_ARENA_MAX: '1', TSPM_HOME: home };
}

export interface StartedProgram {
  /** Why it does not run, in words; null while it does. */
  ending(): string | null;
}

/**
 * Starts a shim of this home, detached; it ends by itself when another one serves the home already. `command`: arguments of the runtime;
 * `extra`: for its environment.
 */
export function startShim(paths: HomePaths, command: readonly string[], extra: Environment = {}): StartedProgram {
  const log = openLog(paths.shimLog);
  let ending: string | null = null;
  const failed = (error: unknown): void => void (ending = errorMessage(error));
  void spawnOwn({ args: command, env: { ...engineEnvironment(process.env, paths.home), ...extra }, home: paths.home, log })
    .then((child) => {
      child.on('error', failed);
      child.on('exit', (code, signal) => (ending = describeExit({ code, signal })));
      child.unref();
    }, failed)
    .finally(() => (log === null ? undefined : closeSync(log)));
  return { ending: () => ending };
}

/** null where the disk has no room for it, or is read-only. */
function openLog(file: string): number | null {
  try {
    return openSync(file, 'a', 0o600);
  } catch {
    return null;
  }
}
