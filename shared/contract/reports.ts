// Answers about the engine itself.
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
