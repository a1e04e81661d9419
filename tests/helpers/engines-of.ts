// The daemons of a home, those that are about to find out that it has an owner among them.
import { readdirSync, readFileSync } from 'node:fs';

/** Linux only; elsewhere an empty list. */
export function enginesOf(home: string): readonly number[] {
  if (process.platform !== 'linux') return [];
  const read = (pid: string, name: string): readonly string[] => {
    try {
      return readFileSync(`/proc/${pid}/${name}`, 'utf8').split('\0');
    } catch {
      // It has ended, or is another user's.
      return [];
    }
  };
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  // A shim is told how to start a daemon, so that its command line names one too.
  const isDaemon = (args: readonly string[]): boolean => args.some((one) => one.endsWith('daemon.cjs')) && !args.some((one) => one.endsWith('shim.cjs'));
  return pids.filter((pid) => read(pid, 'environ').includes(`TSPM_HOME=${home}`) && isDaemon(read(pid, 'cmdline'))).map(Number);
}
