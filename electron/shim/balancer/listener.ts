// The listening socket of a cluster: opened here, inherited from the shim before, or taken in the moment in which that one gives it back.
import { closeSync } from 'node:fs';
import type { ClusterPlan } from '../../../shared/model/balancing.ts';
import type { ListenManner } from '../../../shared/model/shim-protocol.ts';
import { seizePort } from '../../platform/bind-port.ts';
import { listenRaw, type ListenTarget, type RawConnection } from '../../platform/raw-connection.ts';
import { listenShared } from '../../platform/shared-listener.ts';
import type { InheritedSockets } from './inherited-sockets.ts';

/** Another program that shall let go of a port has this long. */
const seizePatienceMs = 1000;

export interface Listener {
  /** null where the system passes no descriptors to children. */
  readonly fd: number | null;
  /** Children accept from it themselves. */
  readonly isShared: boolean;
  close(): void;
}

/** Rejects with the system error. */
export async function openListener(plan: ClusterPlan, manner: ListenManner, inherited: InheritedSockets, accept: (connection: RawConnection) => void): Promise<Listener> {
  const fd = inherited.take(plan);
  if (plan.mode === 'shared') {
    const shared = fd === null ? await listenShared(plan.host, plan.port) : { fd, close: () => closeSync(fd) };
    return { ...shared, isShared: true };
  }
  const raw = await listenRaw(await listenTarget(plan, manner, fd), accept);
  return { fd: raw.fd, isShared: false, close: () => raw.close() };
}

async function listenTarget({ host, port }: ClusterPlan, manner: ListenManner, fd: number | null): Promise<ListenTarget> {
  if (fd !== null) return { fd };
  if (manner === 'contended') return { handle: await seizePort(host, port, seizePatienceMs) };
  return { host, port };
}
