// Names of signals a user may send. POSIX.1-2017 <signal.h>, those Node can deliver.

export const signalNames = [
  'SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGABRT', 'SIGKILL', 'SIGUSR1', 'SIGUSR2',
  'SIGPIPE', 'SIGALRM', 'SIGTERM', 'SIGCHLD', 'SIGCONT', 'SIGSTOP', 'SIGTSTP',
  'SIGTTIN', 'SIGTTOU', 'SIGWINCH',
] as const;

export type SignalName = (typeof signalNames)[number];

/** Signals whose default action ends a process (POSIX): what a stop may begin with. */
export const endingSignals = [
  'SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGABRT', 'SIGKILL', 'SIGUSR1', 'SIGUSR2', 'SIGPIPE', 'SIGALRM', 'SIGTERM',
] as const satisfies readonly SignalName[];

/** Accepts `SIGHUP`, `HUP` and `hup`; null for anything else. */
export function parseSignal(text: string): SignalName | null {
  const upper = text.toUpperCase();
  const full = upper.startsWith('SIG') ? upper : `SIG${upper}`;
  return signalNames.find((name) => name === full) ?? null;
}
