// Programs of the system that the bench compares with and measures with: haproxy, nginx, wrk. Where they are, or what to install.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { cleanEnvironment } from './command.ts';

export const toolNames = ['wrk', 'haproxy', 'nginx'] as const;
export type ToolName = (typeof toolNames)[number];

/** A user's PATH seldom has the folders of servers. */
const serverFolders = ['/usr/sbin', '/usr/local/sbin'];

/** Absolute path; null when it is not installed. */
export function findTool(name: ToolName): string | null {
  const folders = [...(process.env['PATH'] ?? '').split(':').filter((folder) => folder !== ''), ...serverFolders];
  return folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file)) ?? null;
}

/** Throws an Error when it is not installed; see `missing`. */
export function tool(name: ToolName): string {
  const file = findTool(name);
  if (file === null) throw new Error(missing([name]) ?? name);
  return file;
}

/** What to install, or null when all of these are there. Debian's packages have the names of the programs. */
export function missing(names: readonly ToolName[]): string | null {
  const absent = names.filter((name) => findTool(name) === null);
  return absent.length === 0 ? null : `${absent.join(', ')} not installed (Debian: apt-get install ${absent.join(' ')})`;
}

/** `haproxy 2.6.12`; `haproxy not installed`. */
export function toolVersion(name: ToolName): string {
  const file = findTool(name);
  if (file === null) return `${name} not installed`;
  // They differ in the stream and in the exit code, not in that the first number with dots is the version.
  const { stdout, stderr } = spawnSync(file, ['-v'], { encoding: 'utf8', env: cleanEnvironment({}) });
  return `${name} ${/\d+(\.\d+)+/.exec(`${stdout}${stderr}`)?.[0] ?? 'of an unknown version'}`;
}
