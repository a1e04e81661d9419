// The port through which the supervisor reaches the data plane. Two implementations: a shim behind a socket,
// and the same shim code inside this process.
import type { FromShim, SpawnRequest, ToShim } from '../../../shared/model/shim-protocol.ts';

/** News from the data plane; `lost` means that every child of it is gone. */
export type HostEvent = Exclude<FromShim, { type: 'welcome' | 'refused' | 'flushed' }>;

export interface ProcessHost {
  /** Pid of the process that holds the children. */
  readonly pid: number | null;
  send(message: Exclude<ToShim, { type: 'hello' | 'flush' }>): void;
  /** Resolves when the logs are empty; throws a Failure when that was impossible. */
  flush(request: Omit<Extract<ToShim, { type: 'flush' }>, 'type' | 'request'>): Promise<void>;
}

export type { SpawnRequest };
