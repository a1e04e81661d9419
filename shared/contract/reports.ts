// Answers about the engine itself.
import type { BalancerMode, BalancingStrategy, TargetFigures } from '../model/balancing.ts';
import type { ProcessState } from '../model/process-state.ts';
import type { LogFormat } from '../model/shim-protocol.ts';

export type OwnerKind = 'desktop' | 'daemon' | 'runtime';

export interface StatusReport {
  readonly home: string;
  readonly version: string;
  /** null when no engine runs. */
  readonly owner: { readonly kind: OwnerKind; readonly pid: number; readonly startedAt: number } | null;
  readonly shim: { readonly pid: number } | null;
  readonly counts: Readonly<Record<ProcessState, number>>;
  /** Notable events since the supervisor came up, newest last, at most 50: a lost shim, lost log output, … */
  readonly notices: readonly Notice[];
}

export interface Notice {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly message: string;
}

/** Where one instance logs, for a reader of its files. */
export interface LogSource {
  readonly name: string;
  readonly instance: number;
  readonly format: LogFormat;
  readonly out: string;
  readonly err: string;
}

/** One cluster: a process whose port TSPM owns. */
export interface ClusterReport {
  readonly name: string;
  readonly namespace: string;
  readonly group: string | null;
  readonly mode: BalancerMode;
  readonly strategy: BalancingStrategy;
  readonly host: string;
  readonly port: number;
  /** False while nothing of it is wanted up, or when the port could not be bound. */
  readonly listening: boolean;
  /** Connections and requests that wait for an instance to become ready. */
  readonly waiting: number;
  readonly instances: readonly ClusterInstance[];
}

/** One running or wanted instance, or one that drains beside its successor. */
export interface ClusterInstance extends Omit<TargetFigures, 'id' | 'run' | 'state'> {
  readonly id: number;
  readonly state: ProcessState;
  /** `ready`: gets traffic. `none`: the balancer does not know it, because it does not run. */
  readonly traffic: TargetFigures['state'] | 'none';
  readonly pid: number | null;
  /** Its own port on 127.0.0.1; null in shared mode and while it does not run. */
  readonly ownPort: number | null;
  /** Part of all requests (or connections) of the instances that run, from 0 to 1; null where they cannot be seen. */
  readonly share: number | null;
}
