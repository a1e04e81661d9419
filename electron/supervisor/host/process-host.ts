// The port through which the supervisor reaches the data plane. Two implementations: a shim behind a socket,
// and the same shim code inside this process.
import type { ClusterFigures, ClusterPlan } from '../../../shared/model/balancing.ts';
import type { AddressProblem, FromShim, SpawnRequest, ToShim } from '../../../shared/model/shim-protocol.ts';

/** News from the data plane; `lost` means that every child of it is gone. */
export type HostEvent = Exclude<FromShim, { type: 'welcome' | 'refused' | 'not-understood' | AnswerType }>;

export type AnswerType = 'flushed' | 'cluster-answer' | 'successor-answer' | 'figures';
/** Words that are answered carry a number. */
export type Question = Extract<ToShim, { readonly request: number }>;
export type Order = Exclude<ToShim, { type: 'hello' } | Question>;

/** The process that holds the children, as it said of itself. */
export interface DataPlane {
  readonly pid: number;
  readonly version: string;
  /** It is of an older TSPM than this supervisor. */
  readonly older: boolean;
  readonly features: ReadonlySet<string>;
}

/** A child that lives as far as is known. */
export interface HostedProcess {
  readonly id: string;
  readonly run: number;
  readonly pid: number;
  readonly startTime: string;
}

export interface ProcessHost {
  /** null while there is none. */
  readonly plane: DataPlane | null;
  send(message: Order): void;
  /** Resolves when the logs are empty; throws a Failure when that was impossible. */
  flush(request: Omit<Extract<ToShim, { type: 'flush' }>, 'type' | 'request'>): Promise<void>;
  /** Opens, moves or changes a cluster; null when that went well, and otherwise everything is as before. */
  openCluster(plan: ClusterPlan): Promise<AddressProblem | null>;
  /** Whether an address can be listened on; null when it can. */
  tryAddress(host: string, port: number): Promise<AddressProblem | null>;
  figures(names: readonly string[]): Promise<readonly ClusterFigures[]>;
}

export type { SpawnRequest };
