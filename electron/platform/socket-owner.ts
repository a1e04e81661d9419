// Which process listens on a Unix socket: an engine that does not answer cannot be asked. Linux only; elsewhere nobody is found.
import { readdir, readFile, readlink } from 'node:fs/promises';

/** Flags and state of a listening stream socket in /proc/net/unix. */
const listening = /^[0-9a-fA-F]+: [0-9a-fA-F]+ [0-9a-fA-F]+ 00010000 0001 01 +(\d+) (.+)$/;

/** `isPlace` tells by its path whether a socket is the one. null when none can be found. */
export async function findListener(isPlace: (path: string) => boolean): Promise<number | null> {
  if (process.platform !== 'linux') return null;
  try {
    const sockets = new Set<string>();
    for (const line of (await readFile('/proc/net/unix', 'utf8')).split('\n')) {
      const [, inode = '', path = ''] = listening.exec(line) ?? [];
      if (path !== '' && isPlace(path)) sockets.add(`socket:[${inode}]`);
    }
    if (sockets.size === 0) return null;
    for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
      if (await holds(pid, sockets)) return Number(pid);
    }
  } catch {
    // No /proc: then there is nobody to name.
  }
  return null;
}

async function holds(pid: string, sockets: ReadonlySet<string>): Promise<boolean> {
  try {
    for (const descriptor of await readdir(`/proc/${pid}/fd`)) {
      if (sockets.has(await readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => ''))) return true;
    }
  } catch {
    // Another user's, or gone.
  }
  return false;
}
