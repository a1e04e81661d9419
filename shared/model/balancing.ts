// The words of balancing that config, contract, supervisor and shim share.

/**
 * `handoff`: accepted sockets are given to Node programs. `shared`: instances accept from one listening socket themselves.
 * `http`: reverse proxy. `tcp`: any byte stream.
 */
export const balancerModes = ['handoff', 'shared', 'http', 'tcp'] as const;
export type BalancerMode = (typeof balancerModes)[number];

export const balancingStrategies = ['round-robin', 'random', 'least-connections', 'least-cpu', 'least-memory', 'ip-hash', 'weighted'] as const;
export type BalancingStrategy = (typeof balancingStrategies)[number];

/** Bounds of what the balancer waits for and holds. Times in ms, sizes in bytes. */
export interface BalancerLimits {
  /** How long a connection or request waits when no instance is ready. */
  readonly queueTimeoutMs: number;
  /** http: a request's head must be complete by then. */
  readonly headTimeoutMs: number;
  /** http: a client's connection may be idle this long between two requests. */
  readonly idleTimeoutMs: number;
  /** http: the response must have begun by then; 0 for no limit. */
  readonly responseTimeoutMs: number;
  /** http: a head larger than this is refused. */
  readonly maxHeadBytes: number;
}

/** What the shim is told of one cluster. */
export interface ClusterPlan extends BalancerLimits {
  /** Name of the process. */
  readonly name: string;
  /** Address to bind, as the operating system takes it. */
  readonly host: string;
  readonly port: number;
  readonly mode: BalancerMode;
  readonly strategy: BalancingStrategy;
}

/** What the balancer knows of one instance. Counts are since the instance was started. */
export interface TargetFigures {
  readonly id: string;
  readonly run: number;
  readonly instance: number;
  readonly state: 'starting' | 'ready' | 'draining' | 'ejected';
  readonly weight: number;
  /** Open connections, in http mode requests under way; null where the balancer cannot see them. */
  readonly open: number | null;
  /** http: requests. Else connections; null where the balancer cannot see them. */
  readonly requests: number | null;
  /** Milliseconds from a request's head to the head of its response, over the last minute or two; null without any. */
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
  readonly ejections: number;
  /** Connections ended by force when `drainTimeout` was over. */
  readonly cut: number;
}

export interface ClusterFigures {
  readonly name: string;
  readonly mode: BalancerMode;
  readonly strategy: BalancingStrategy;
  readonly host: string;
  readonly port: number;
  /** Connections and requests that wait for an instance to become ready. */
  readonly waiting: number;
  readonly targets: readonly TargetFigures[];
}
