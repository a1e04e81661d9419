// Who listens on a port, where the system tells (Linux, for processes of the same user; root sees all).
import { readdir, readFile, readlink } from 'node:fs/promises';

const listening = '0A';

/** `pid 4711 (nginx)`, or null when that cannot be told. `port` is a TCP port, IPv4 or IPv6. */
export async function portHolder(port: number): Promise<string | null> {
  if (process.platform !== 'linux') return null;
  try {
    const inodes = new Set([...(await listeners('/proc/net/tcp', port)), ...(await listeners('/proc/net/tcp6', port))]);
    if (inodes.size === 0) return null;
    for (const pid of (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry))) {
      if (await holdsSocket(pid, inodes)) return `pid ${pid} (${(await readFile(`/proc/${pid}/comm`, 'utf8')).trim()})`;
    }
  } catch {
    // Somebody ended between two looks; the port is named without its holder.
  }
  return null;
}

/** proc_pid_net(5): local address, state and inode are fields 1, 3 and 9. */
async function listeners(file: string, port: number): Promise<readonly string[]> {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const rows = (await readFile(file, 'latin1')).split('\n').slice(1).map((row) => row.trim().split(/\s+/));
  return rows.flatMap((fields) => (fields[1]?.endsWith(wanted) === true && fields[3] === listening ? [fields[9] ?? ''] : []));
}

async function holdsSocket(pid: string, inodes: ReadonlySet<string>): Promise<boolean> {
  const folder = `/proc/${pid}/fd`;
  const descriptors = await readdir(folder).catch(() => []);
  const targets = await Promise.all(descriptors.map((name) => readlink(`${folder}/${name}`).catch(() => '')));
  return targets.some((target) => inodes.has(/^socket:\[(\d+)\]$/.exec(target)?.[1] ?? '-'));
}
