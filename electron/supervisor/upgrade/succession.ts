// What an upgrade needs from the data plane: two shims side by side, and a way for services and sockets to get from one to the other.
import type { ClusterPlan } from '../../../shared/model/balancing.ts';
import type { Instance } from '../lifecycle/instance.ts';

export interface Succession {
  /** Why there is no shim to be had at the moment; null when there is. */
  readonly away: string | null;
  /** A newer shim stands beside the old one. */
  readonly isUnderWay: boolean;
  /** Of the shim that is to go, or of the only one. */
  readonly version: string;
  readonly isOlder: boolean;
  /** The old shim cannot give its sockets away: a port is closed for a moment when it changes hands. */
  readonly closesPorts: boolean;
  /** Starts a shim beside the one there is. Throws a Failure when it does not come up; nothing has changed then. */
  begin(): Promise<void>;
  /** The child of this instance is in the old shim. */
  isBehind(instance: Instance): boolean;
  /** The old shim listens for this cluster. */
  listensBehind(name: string): boolean;
  /** Whether the cluster can go on without a pause while its socket changes hands. */
  canHandOver(plan: ClusterPlan): boolean;
  /** From now on new runs of the process begin in the new shim, whose part of the cluster does not listen yet. */
  move(name: string, plan: ClusterPlan | null): Promise<void>;
  moveBack(plan: ClusterPlan): void;
  /**
   * The new shim accepts for the cluster, and the old one stops. Resolves when no client of the old one may ask for more. Throws a Failure
   * when the new one cannot listen; the old one goes on then.
   */
  handOver(plan: ClusterPlan): Promise<void>;
  /** Ends the old shim when nothing is left in it, and gives its place to the new one. False when something is left after `patienceMs`. */
  finish(patienceMs: number): Promise<boolean>;
}
