// What an instance has while it runs, and what it is made from.
import type { Desired } from '../../../shared/model/process-state.ts';
import type { Seat } from '../../../shared/model/shim-protocol.ts';
import type { LastExit, Life } from './life.ts';
import type { FailureHistory } from './restart-policy.ts';

export interface Child {
  readonly run: number;
  /** null until the data plane has answered the spawn. */
  readonly pid: number | null;
  readonly startTime: string | null;
  /** For people: ms since the epoch. */
  readonly startedAt: number;
  /** The same moment by `clock.elapsed`, for everything that is measured. */
  readonly since: number;
  /** Its own port on 127.0.0.1; 0 without one. */
  readonly ownPort: number;
}

export interface Past {
  /** The run up to which `restarts` counts. */
  readonly counted: number;
  readonly failures: FailureHistory;
  readonly lastExit: LastExit | null;
}

export interface InstanceSeed {
  readonly id: number;
  readonly desired: Desired;
  readonly run: number;
  readonly restarts: number;
  readonly life: Extract<Life, { state: 'stopped' | 'exited' | 'errored' }>;
  readonly seat?: Seat;
  /** What the supervisor before knew of it. */
  readonly past?: Past;
  /** What the state file says of it that this version does not know. */
  readonly kept?: object;
}
