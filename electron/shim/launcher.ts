// Starts a supervisor without a face in place of one that was lost: as the newest supervisor said, or as the arguments of this shim say. It
// ends by itself when another one owns the home.
import { spawn } from 'node:child_process';
import { errorMessage } from '../../shared/model/failure.ts';
import { describeExit } from '../../shared/model/process-state.ts';
import type { Starter } from '../../shared/model/starter.ts';
import { engineEnvironment } from '../platform/engine-process.ts';
import { runAsNode } from '../platform/process-identity.ts';
import { startCommand, starterOf } from '../platform/starter.ts';

export interface Launcher {
  /** How to start one, by whoever is here now. */
  learn(starter: Starter): void;
  /** null when nobody has told how. */
  readonly launch: (() => void) | null;
}

/** `argument`: what follows `--daemon`. */
export function createLauncher(argument: readonly string[], home: string, log: (text: string) => void): Launcher {
  let told = starterOf(argument, process.env);

  function launch(): void {
    if (told === null) return;
    const command = startCommand(told, process.env);
    if (command === null) {
      log(`no supervisor, and none can be started: neither ${told.runtimes.join(' nor ')} with ${told.script} exists, nor node and tspm in the PATH; it is tried again`);
      return;
    }
    log('no supervisor: starting a headless one');
    const env: Record<string, string | undefined> = { ...engineEnvironment(process.env, home), ...(told.asNode ? { [runAsNode]: '1' } : {}) };
    delete env['UV_THREADPOOL_SIZE'];
    const failed = (why: string): void => log(`the supervisor (${command.runtime} ${command.args.join(' ')}) could not be started: ${why}`);
    try {
      const child = spawn(command.runtime, command.args, { detached: true, stdio: 'ignore', env, windowsHide: true });
      child.on('error', (error) => failed(error.message));
      child.on('exit', (code, signal) => (code === 0 ? undefined : failed(describeExit({ code, signal }))));
      child.unref();
    } catch (error) {
      failed(errorMessage(error));
    }
  }

  return {
    learn: (starter) => void (told = starter),
    get launch() {
      return told === null ? null : launch;
    },
  };
}
