// An engine that listens and does not answer: who it is, what it looks like, and what can be done.
import path from 'node:path';
import { Failure } from '../../shared/model/failure.ts';
import { isStopped, processStartTime } from '../platform/process-identity.ts';
import { findListener } from '../platform/socket-owner.ts';
import type { UnreachableData } from './http/unreachable.ts';
import { ownName } from './socket-place.ts';

/** `data` of the failure. */
export interface SilentData extends UnreachableData {
  readonly kind: 'silent';
  /** null where it cannot be found out. */
  readonly owner: { readonly pid: number; readonly startTime: string } | null;
}

export async function silentEngine(socket: string): Promise<Failure> {
  const pid = await findListener((place) => place === socket || (path.dirname(place) === path.dirname(socket) && ownName.test(path.basename(place))));
  const startTime = pid === null ? null : await processStartTime(pid);
  const data: SilentData = { kind: 'silent', socket, owner: pid === null || startTime === null ? null : { pid, startTime } };
  const who = pid === null ? 'the engine' : `the engine (pid ${pid})`;
  const remedy = `tspm kill ends it and everything it runs${pid === null ? '' : `; kill -9 ${pid} ends it alone, the services run on and get another engine`}`;
  if (pid !== null && (await isStopped(pid))) return new Failure('engine-unreachable', `${who} does not answer: it is stopped (SIGSTOP). Continue it with: kill -CONT ${pid}. Or ${remedy}.`, data);
  return new Failure('engine-unreachable', `${who} listens at ${socket} and does not answer: it is wedged, or the machine is very busy. Try again; ${remedy}.`, data);
}

export function silentData(error: unknown): SilentData | null {
  if (!(error instanceof Failure) || error.code !== 'engine-unreachable') return null;
  const data = error.data as UnreachableData | undefined;
  return data?.kind === 'silent' ? (data as SilentData) : null;
}
