// Why an engine could not be reached over its socket.
import { errorCode, errorMessage, Failure } from '../../../shared/model/failure.ts';

/** `data` of an `engine-unreachable` failure. */
export interface UnreachableData {
  /** `absent`: nothing listens. `denied`: no permission. `lost`: the connection broke before the answer. `silent`: somebody listens and does not answer. */
  readonly kind: 'absent' | 'denied' | 'lost' | 'silent';
  readonly socket: string;
}

export function noAnswer(socket: string, status: number): Failure {
  if (status >= 400) return new Failure('protocol-mismatch', `the engine answered with HTTP ${status} and no error: is it another version of TSPM?`);
  const data: UnreachableData = { kind: 'lost', socket };
  return new Failure('engine-unreachable', 'the engine closed the connection before it answered: it crashed or was replaced; try again', data);
}

export function unreachable(socket: string, error: Error, connected: boolean): Failure {
  const code = errorCode(error);
  if (connected) {
    const data: UnreachableData = { kind: 'lost', socket };
    return new Failure('engine-unreachable', `the connection to the engine broke before it answered (${errorMessage(error)}); try again`, data);
  }
  if (code === 'EACCES' || code === 'EPERM') {
    const data: UnreachableData = { kind: 'denied', socket };
    return new Failure('engine-unreachable', `no permission to reach the engine at ${socket}: run as the user who owns it`, data);
  }
  if (code === 'EAGAIN') {
    const data: UnreachableData = { kind: 'silent', socket };
    return new Failure('engine-unreachable', `the engine at ${socket} has more callers waiting than it takes: it is wedged, or very busy. Try again`, data);
  }
  const data: UnreachableData = { kind: 'absent', socket };
  return new Failure('engine-unreachable', `no engine answers at ${socket} (${code ?? errorMessage(error)})`, data);
}

export function isEngineAbsent(error: unknown): boolean {
  return unreachableKind(error) === 'absent';
}

export function isConnectionLost(error: unknown): boolean {
  return unreachableKind(error) === 'lost';
}

function unreachableKind(error: unknown): UnreachableData['kind'] | null {
  if (!(error instanceof Failure) || error.code !== 'engine-unreachable') return null;
  return (error.data as UnreachableData | undefined)?.kind ?? null;
}
