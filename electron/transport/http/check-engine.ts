// Before a word is said to an engine.
import { Failure } from '../../../shared/model/failure.ts';
import { checkSocket } from '../../platform/trust/check-socket.ts';
import { unreachable } from './unreachable.ts';

/** Throws a Failure unless only this user can be behind the socket. */
export function checkEngine(socketPath: string): void {
  try {
    checkSocket(socketPath);
  } catch (error) {
    throw error instanceof Failure || !(error instanceof Error) ? error : unreachable(socketPath, error, false);
  }
}
