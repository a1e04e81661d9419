// Reads Linux' /proc. A process that has gone is one answer; a system that is short of descriptors is none, and is thrown.
import { readdir, readFile } from 'node:fs/promises';
import { isShortage } from './shortage.ts';

/** Files that are open at a time: looking at all processes must not be what uses the descriptors up. */
const together = 8;

/** null when the process has gone, or is another user's. Throws when the system is short of something. */
export async function readProcFile(pid: number, name: 'stat' | 'environ'): Promise<string | null> {
  try {
    return await readFile(`/proc/${pid}/${name}`, 'latin1');
  } catch (error) {
    if (isShortage(error)) throw error;
    return null;
  }
}

/** The processes of this machine for which `test` holds; it gets what the file says. Throws when the system is short of something. */
export async function findProcesses(name: 'stat' | 'environ', test: (text: string) => boolean): Promise<readonly number[]> {
  const pids = (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry)).map(Number);
  const found: number[] = [];
  for (let index = 0; index < pids.length; index += together) {
    const batch = pids.slice(index, index + together);
    const texts = await Promise.all(batch.map((pid) => readProcFile(pid, name)));
    found.push(...batch.filter((_, at) => test(texts[at] ?? '')));
  }
  return found;
}
