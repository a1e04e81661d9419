// The port through which the supervisor reaches the data plane. Two implementations: a shim behind a socket,
// and the same shim code inside this process.
import type { ClusterFigures, ClusterPlan } from '../../../shared/model/balancing.ts';
import type { DirectEnd } from './end-directly.ts';
import type { AddressProblem, FromShim, SpawnRequest, ToShim } from '../../../shared/model/shim-protocol.ts';

/** News from the data plane. */
export type HostEvent = Exclude<FromShim, { type: 'welcome' | 'refused' | 'not-understood' | 'ending' | AnswerType }>;

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

/** Whether a child is, or was, in the data plane that something is said of: during an upgrade there are two. */
export type Concerns = (id: string, run: number) => boolean;

/** Why there is no data plane at the moment. */
export interface Away {
  readonly reason: string;
  /** A try is under way. */
  readonly trying: boolean;
  /** Another supervisor has it. */
  readonly occupied: boolean;
}

export interface ProcessHost {
  /** null while there is none. */
  readonly plane: DataPlane | null;
  /** null while there is one. */
  readonly away: Away | null;
  /** The same, of the data plane in which new children of a process begin. */
  awayFor(name: string): Away | null;
  /** Makes sure that it answers, or that it is known not to. Without one, another try begins; that is not waited for. */
  verify(): Promise<void>;
  send(message: Order): void;
  /** Resolves when the logs are empty; throws a Failure when that was impossible. */
  flush(request: Omit<Extract<ToShim, { type: 'flush' }>, 'type' | 'request'>): Promise<void>;
  /** Opens, moves or changes a cluster; null when that went well, and otherwise everything is as before. */
  openCluster(plan: ClusterPlan): Promise<AddressProblem | null>;
  /** Whether an address can be listened on; null when it can. */
  tryAddress(host: string, port: number): Promise<AddressProblem | null>;
  /** None while there is no data plane. */
  figures(names: readonly string[]): Promise<readonly ClusterFigures[]>;
  /** Ends children without a data plane that could do it. Gives the ids of those of which nothing runs. */
  endChildren(children: readonly DirectEnd[]): Promise<ReadonlySet<string>>;
  /** Ends the data plane, whatever it takes; its children must have ended before. */
  end(): Promise<void>;
}

export type { SpawnRequest };
