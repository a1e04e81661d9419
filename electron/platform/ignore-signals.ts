// Nobody ends one of TSPM's long-lived programs by a signal that was meant for something else. What has a listener is not inherited by what
// the program starts: in a child every signal does again what it does by default.
import { constants } from 'node:os';

/** The kernel's own words about a program that is broken, those that nobody can catch, and those that do nothing or that Node needs. */
const left: ReadonlySet<string> = new Set(['SIGKILL', 'SIGSTOP', 'SIGSEGV', 'SIGBUS', 'SIGFPE', 'SIGILL', 'SIGABRT', 'SIGIOT', 'SIGTRAP', 'SIGSYS', 'SIGCHLD', 'SIGCONT', 'SIGURG', 'SIGWINCH']);

/**
 * Ignores every other signal that can be caught, except those in `wanted`; with a listener SIGUSR1 opens no inspector either. `log` hears
 * of each the first time.
 */
export function ignoreSignals(wanted: readonly NodeJS.Signals[], log: (text: string) => void): void {
  const names = Object.keys(constants.signals).filter((name) => !left.has(name) && !wanted.includes(name as NodeJS.Signals));
  for (const name of names) {
    let heard = false;
    try {
      process.on(name, () => {
        if (!heard) log(`${name}: ignored`);
        heard = true;
      });
    } catch {
      // This platform cannot catch it.
    }
  }
}
