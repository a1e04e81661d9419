// The words between supervisor and shim: one JSON object per line on a private socket.
// The shim is told what to do and keeps every exit until the supervisor acknowledges it.
import type { ExitStatus } from './process-state.ts';

/** Raised when either side can no longer understand the other. */
export const shimProtocolVersion = 1;

export type LogFormat = 'plain' | 'timestamps' | 'json';

/** Where and how the output of one instance is written. Paths are absolute. */
export interface LogTarget {
  readonly format: LogFormat;
  readonly out: string;
  /** Equal to `out` when both streams share one file. */
  readonly err: string;
  /** Fields of the json format. */
  readonly process: string;
  readonly instance: number;
  /** A file is rotated before a line would take it over this size. */
  readonly maxSizeBytes: number;
  /** Rotated files kept beside the live one. */
  readonly maxFiles: number;
  /** Rotate a file older than this, and remove rotated files older than this; null: never. */
  readonly maxAgeMs: number | null;
  readonly compress: boolean;
}

export interface SpawnRequest {
  /** `name:instance`. */
  readonly id: string;
  readonly run: number;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly logs: LogTarget;
  readonly pidFile: string;
}

export type SignalScope = 'process' | 'group';

export type ToShim =
  | { readonly type: 'hello'; readonly version: number; readonly supervisorPid: number }
  | ({ readonly type: 'spawn' } & SpawnRequest)
  | { readonly type: 'signal'; readonly id: string; readonly run: number; readonly signal: string; readonly scope: SignalScope }
  | { readonly type: 'acknowledge'; readonly id: string; readonly run: number }
  /** Empty the live log files of these instances and remove their rotated ones. */
  | { readonly type: 'flush'; readonly request: number; readonly ids: readonly string[]; readonly files: readonly LogTarget[] }
  /** The supervisor leaves on purpose: do not start another one. */
  | { readonly type: 'release' }
  /** End every child that is left, then the shim itself. */
  | { readonly type: 'shutdown' };

export interface ShimChild {
  readonly id: string;
  readonly run: number;
  readonly pid: number;
  /** Kernel's start time of the process, opaque; with the pid it names one process for ever. */
  readonly startTime: string;
  readonly startedAt: number;
  /** Set when the child has ended and the exit is not acknowledged yet. */
  readonly exit: (ExitStatus & { readonly at: number }) | null;
}

export type FromShim =
  | { readonly type: 'welcome'; readonly version: number; readonly pid: number; readonly children: readonly ShimChild[] }
  | { readonly type: 'refused'; readonly message: string }
  | { readonly type: 'spawned'; readonly id: string; readonly run: number; readonly pid: number; readonly startTime: string; readonly startedAt: number }
  | { readonly type: 'spawn-failed'; readonly id: string; readonly run: number; readonly message: string; readonly at: number }
  | ({ readonly type: 'exited'; readonly id: string; readonly run: number; readonly at: number } & ExitStatus)
  /** Totals since the instance was first spawned by this shim. */
  | { readonly type: 'log-loss'; readonly id: string; readonly lostBytes: number; readonly lostLines: number; readonly reason: string }
  | { readonly type: 'log-resumed'; readonly id: string }
  | { readonly type: 'flushed'; readonly request: number; readonly error: string | null };

export function instanceKey(name: string, instance: number): string {
  return `${name}:${instance}`;
}
