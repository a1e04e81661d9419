// Which process listens on a Unix socket: an engine that does not answer cannot be asked. Linux only; elsewhere nobody is found.
// The kernel lists sockets by the path each was bound to, whatever that path means to its process: in a container that shares the network
// the same path is another file. So whoever sees other files than we do is left out.
import { readdir, readFile, readlink, stat } from 'node:fs/promises';

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
      if ((await holds(pid, sockets)) && (await seesOurFiles(pid))) return Number(pid);
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

/** It has our mount namespace and our root. */
async function seesOurFiles(pid: string): Promise<boolean> {
  try {
    const [own, theirs] = await Promise.all(['self', pid].map(viewOf));
    return own === theirs;
  } catch {
    // Who cannot be looked at is nobody to end.
    return false;
  }
}

async function viewOf(pid: string): Promise<string> {
  const [namespace, root] = await Promise.all([readlink(`/proc/${pid}/ns/mnt`), stat(`/proc/${pid}/root/`)]);
  return `${namespace} ${root.dev}:${root.ino}`;
}
