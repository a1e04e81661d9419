// What a face sees of one instance. Plain data, safe to print: no environment, no secrets.
import type { BalancerMode, BalancingStrategy } from './balancing.ts';
import type { Desired, ExitStatus, ProcessState } from './process-state.ts';

export interface ProcessSnapshot {
  /** Small number, stable for the life of the instance in the process list. */
  readonly id: number;
  readonly name: string;
  readonly instance: number;
  readonly namespace: string;
  readonly group: string | null;
  readonly state: ProcessState;
  readonly desired: Desired;
  readonly pid: number | null;
  /** Automatic restarts since the process was added or `reset`. */
  readonly restarts: number;
  /** Milliseconds since the current child was spawned; 0 without a child. */
  readonly uptimeMs: number;
  /** Percent of one core, the whole process group; null while unknown. */
  readonly cpuPercent: number | null;
  /** Resident bytes of the process; null while unknown. */
  readonly memoryBytes: number | null;
  /** Where its clients find it: in a cluster the same for all instances. */
  readonly port: number | null;
  /** Why the process is in this state, in words; empty when there is nothing to say. */
  readonly reason: string;
}

/** Everything `describe` shows of one instance. */
export interface ProcessDescription extends ProcessSnapshot {
  readonly run: number;
  /** In a cluster: its own port on 127.0.0.1, while it runs. */
  readonly ownPort: number | null;
  /** null: nobody balances it. */
  readonly balancer: BalancerSummary | null;
  readonly startedAt: number | null;
  readonly lastExit: ExitStatus | null;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly script: string | null;
  readonly interpreter: string | null;
  readonly configFile: string | null;
  readonly pidFile: string;
  readonly logFiles: LogFiles;
  readonly logFormat: string;
  readonly dependsOn: readonly string[];
  readonly autorestart: boolean;
  readonly maxRestarts: number;
  readonly killSignal: string;
  readonly killTimeoutMs: number;
  readonly lostLogBytes: number;
  readonly lostLogLines: number;
  /** Names only; values are shown by `env`. */
  readonly envNames: readonly string[];
}

export interface BalancerSummary {
  readonly mode: BalancerMode;
  readonly strategy: BalancingStrategy;
  readonly host: string;
  readonly weight: number;
  readonly drainTimeoutMs: number;
}

/** Where an instance's output goes; `err` equals `out` when the streams are merged. */
export interface LogFiles {
  readonly out: string;
  readonly err: string;
}
