// The layout of TSPM_HOME. Pure: paths only; the folders are made by whoever owns them.

export interface HomePaths {
  readonly home: string;
  /** Desired state, ids, restart counters. */
  readonly status: string;
  /** Control socket (API) of the supervisor. */
  readonly controlSocket: string;
  /** Private socket between supervisor and shim. */
  readonly shimSocket: string;
  readonly shimJournal: string;
  /** The same two for a shim that is about to take the other's place. */
  readonly nextShimSocket: string;
  readonly nextShimJournal: string;
  readonly logs: string;
  readonly pids: string;
  /** FIFOs and other things that live only as long as the shim. */
  readonly run: string;
  /** TSPM's own logs. */
  readonly daemonLog: string;
  readonly shimLog: string;
  /** Disk space that is given up when the disk is full. */
  readonly reserve: string;
  /** Address and key of the browser dashboard, while it is open. */
  readonly dashboard: string;
}
