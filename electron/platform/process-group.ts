// Whether anybody of a process group is left. Windows has no groups.
import { readdir, readFile } from 'node:fs/promises';
import { sendSignal } from './send-signal.ts';

/** At once, but members that ended and were not reaped count. A group's number stays reserved while it has members. */
export function groupExists(group: number): boolean {
  return process.platform !== 'win32' && sendSignal(group, '0', 'group') === 'sent';
}

/** True when a member runs. On Linux one that ended counts as gone, although an init that reaps late keeps it visible. */
export async function groupLives(group: number): Promise<boolean> {
  if (!groupExists(group)) return false;
  if (process.platform !== 'linux') return true;
  const entries = (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry));
  const states = await Promise.all(entries.map((pid) => groupAndState(`/proc/${pid}/stat`)));
  return states.some((one) => one !== null && one.group === group && one.state !== 'Z' && one.state !== 'X');
}

/** proc(5): after the name in brackets come state, parent and process group. */
async function groupAndState(file: string): Promise<{ readonly group: number; readonly state: string } | null> {
  try {
    const stat = await readFile(file, 'latin1');
    const [state = '', , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state, group: Number(group) };
  } catch {
    // It ended between the listing and the look.
    return null;
  }
}
