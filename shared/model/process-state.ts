// The states of a managed process. DESIGN: desired state is kept apart from actual state.

export const processStates = [
  'stopped',
  'waiting',
  'starting',
  'online',
  'stopping',
  'backoff',
  /** The data plane cannot be reached: whether it runs is not known, or it cannot be started. */
  'lost',
  'exited',
  'errored',
] as const;

export type ProcessState = (typeof processStates)[number];

/** What the user wants; written to disk before a command is answered. */
export type Desired = 'up' | 'down';

/** How a child ended: exactly one of the two is set (POSIX wait status). */
export interface ExitStatus {
  readonly code: number | null;
  readonly signal: string | null;
}

export function describeExit(exit: ExitStatus): string {
  if (exit.signal !== null) return `killed by ${exit.signal}`;
  return `exited with code ${exit.code ?? 'unknown'}`;
}
