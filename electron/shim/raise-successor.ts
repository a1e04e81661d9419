// Starts the shim that is to take this one's place. It inherits the listening sockets of clusters, so that they are never closed.
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import type { HomePaths } from '../../shared/model/home.ts';
import { errorMessage } from '../../shared/model/failure.ts';
import { successionMark } from '../../shared/model/succession.ts';
import { engineEnvironment } from '../platform/engine-process.ts';
import { describeSockets, type InheritedSocket } from './balancer/inherited-sockets.ts';

export interface SuccessorProgram {
  /** The program that runs the shim, and its arguments. */
  readonly runtime: string;
  readonly args: readonly string[];
}

/** Resolves when its process exists, with null; otherwise with the reason. Whether it serves is for whoever asked to find out. */
export function raiseSuccessor({ runtime, args }: SuccessorProgram, paths: HomePaths, sockets: readonly InheritedSocket[]): Promise<string | null> {
  return new Promise((resolve) => {
    try {
      const log = openSync(paths.shimLog, 'a', 0o600);
      const child = spawn(runtime, args, {
        detached: true,
        stdio: ['ignore', log, log, ...sockets.map(({ fd }) => fd)],
        env: { ...engineEnvironment(process.env, paths.home), [successionMark]: describeSockets(sockets) },
        cwd: paths.home,
        windowsHide: true,
      });
      closeSync(log);
      child.once('spawn', () => resolve(null));
      child.on('error', (error) => resolve(errorMessage(error)));
      child.unref();
    } catch (error) {
      resolve(errorMessage(error));
    }
  });
}
