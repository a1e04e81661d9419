// Whether anybody of a process group is left. Windows has no groups.
import { findProcesses } from './proc-files.ts';
import { sendSignal } from './send-signal.ts';

/** At once, but members that ended and were not reaped count. A group's number stays reserved while it has members. */
export function groupExists(group: number): boolean {
  return process.platform !== 'win32' && sendSignal(group, '0', 'group') === 'sent';
}

/**
 * True when a member runs. On Linux one that ended counts as gone, although an init that reaps late keeps it visible. Throws when that
 * cannot be told at the moment.
 */
export async function groupLives(group: number): Promise<boolean> {
  if (!groupExists(group)) return false;
  if (process.platform !== 'linux') return true;
  return (await findProcesses('stat', (stat) => isLiveMember(stat, group))).length > 0;
}

/** proc(5): after the name in brackets come state, parent and process group. */
function isLiveMember(stat: string, wanted: number): boolean {
  const [state = '', , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(group) === wanted && state !== 'Z' && state !== 'X';
}
