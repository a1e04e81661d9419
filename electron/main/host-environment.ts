// The environment of what the application starts. A desktop starts applications with a bare PATH, so the user's login shell is asked: in
// the background, from the start on. Only who needs the answer waits for it.
import { errorMessage } from '../../shared/model/failure.ts';
import { loginShellEnvironment, needsLoginShell, type LoginShellOptions } from '../platform/login-shell.ts';
import type { Environment } from '../platform/own-environment.ts';

/** `own` is the application's, whose PATH becomes the shell's. The promise rejects, with words for a user, when the shell fails. */
export function createHostEnvironment(own: Record<string, string | undefined>, isTerminal: boolean, log: (message: string) => void, options: Partial<LoginShellOptions> = {}): () => Promise<Environment> {
  if (!needsLoginShell(own, process.platform, isTerminal)) return async () => own;
  const resolving = loginShellEnvironment({ env: { ...own }, ...options }).then(
    (environment) => {
      if (environment['PATH'] !== undefined) own['PATH'] = environment['PATH'];
      return environment;
    },
    (error: unknown) => {
      const problem = `${errorMessage(error)}: what the application starts has the PATH of the desktop`;
      log(problem);
      throw new Error(problem);
    },
  );
  // Nobody may ever ask.
  resolving.catch(() => undefined);
  return () => resolving;
}
