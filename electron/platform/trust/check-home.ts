// A home holds what is run with its owner's rights, and secrets. It is used by its owner only, and only while nobody else could have
// put something into it.
import { lstatSync, type Stats } from 'node:fs';
import path from 'node:path';
import { errorCode, Failure } from '../../../shared/model/failure.ts';
import type { HomePaths } from '../../../shared/model/home.ts';
import { ownIdentity, type Identity } from './identity.ts';
import { inspectWaySync } from './way.ts';
import { describeObstacle, describeUser, shellWord, sudoUser } from './words.ts';

const writableByOthers = 0o022;
const forOthers = 0o077;

/**
 * Throws `engine-unreachable` with what is wrong and how to repair it. No home yet is fine, where its owner can make one.
 * `command` is what the user typed behind `tspm`. Reads no file and changes nothing.
 */
export function checkHome(paths: HomePaths, command: readonly string[] = []): void {
  const who = ownIdentity();
  if (who === null) return;
  const problem = homeProblem(paths, who, command);
  if (problem !== null) throw new Failure('engine-unreachable', problem, { kind: 'denied', socket: paths.controlSocket });
}

function homeProblem(paths: HomePaths, who: Identity, command: readonly string[]): string | null {
  const { home } = paths;
  try {
    const { stats, obstacle } = inspectWaySync(home, who, process.env['HOME']);
    if (obstacle?.kind === 'foreign-folder') return foreign(paths, obstacle.path, obstacle.uid, who, command);
    if (obstacle !== null) return `the home ${home} is not used: ${describeObstacle(obstacle)}. Or set TSPM_HOME to a folder of your own.`;
    if (stats === null) return null;
    if (!stats.isDirectory()) return `the home ${home} is not a folder: set TSPM_HOME to another path.`;
    if (stats.uid !== who.uid) return foreign(paths, home, stats.uid, who, command);
    if ((stats.mode & writableByOthers) !== 0) {
      return `the home ${home} can be written by other users, who may have put something into it. Look at what is there (ls -la ${shellWord(home)}), then: chmod 700 ${shellWord(home)}`;
    }
    return firstProblem(paths, who);
  } catch (error) {
    // What may not be looked at cannot be used either: the call that tries to says so.
    if (errorCode(error) === 'EACCES') return null;
    throw error;
  }
}

function foreign({ home }: HomePaths, folder: string, owner: number, who: Identity, command: readonly string[]): string {
  const whose = folder === home ? `the home ${home} belongs to` : `the home ${home} is in ${folder}, which belongs to`;
  const line = ['sudo', '-u', sudoUser(owner), `TSPM_HOME=${shellWord(home)}`, 'tspm', ...command.map(shellWord)].join(' ');
  const lines = [`${whose} ${describeUser(owner)}, not to you (${describeUser(who.uid)}). A home is used by its owner only:`, `  ${line}`];
  if (owner === 0) lines.push(`If it became root's by mistake: sudo chown -hR ${who.uid} ${shellWord(home)}`);
  lines.push('For a home of your own, set TSPM_HOME (or HOME: sudo -H) to a folder of yours.');
  return lines.join('\n');
}

/** The first of the things TSPM reads or writes in its home by name that somebody may have planted. */
function firstProblem(paths: HomePaths, who: Identity): string | null {
  for (const [entry, kind] of entries(paths)) {
    const stats = lstatSync(entry, { throwIfNoEntry: false });
    if (stats === undefined || (kind === 'folder' && leadsToPrivateFolder(entry, stats, who))) continue;
    const problem = entryProblem(entry, kind, stats, who);
    if (problem !== null) return `${entry} ${problem}`;
  }
  return null;
}

/** A link of the user's own to a folder that only the user can enter: logs on another disk, for example. */
function leadsToPrivateFolder(entry: string, link: Stats, who: Identity): boolean {
  if (!link.isSymbolicLink() || link.uid !== who.uid) return false;
  const { stats, obstacle } = inspectWaySync(entry, who, process.env['HOME']);
  return obstacle === null && stats?.isDirectory() === true && stats.uid === who.uid && (stats.mode & forOthers) === 0;
}

type EntryKind = 'folder' | 'socket' | 'regular file';

function entries(paths: HomePaths): readonly (readonly [string, EntryKind])[] {
  const { home, status, logs, pids, run, controlSocket, shimSocket, nextShimSocket, daemonLog } = paths;
  const folders = new Set([logs, pids, run, path.join(home, 'desktop')]);
  const sockets = new Set([controlSocket, shimSocket, nextShimSocket]);
  const kindOf = (entry: string): EntryKind => (folders.has(entry) ? 'folder' : sockets.has(entry) ? 'socket' : 'regular file');
  // The sockets of a home with a long path are elsewhere, and checked there.
  const all = [...folders, ...Object.values(paths), `${status}.previous`, `${daemonLog}.1`].filter((entry) => path.dirname(entry) === home);
  return all.map((entry) => [entry, kindOf(entry)] as const);
}

function entryProblem(entry: string, kind: EntryKind, stats: Stats, who: Identity): string | null {
  const word = shellWord(entry);
  if (stats.isSymbolicLink()) {
    const remedy = kind === 'folder' ? 'Put the folder itself there, or lead the link to a folder of yours with the mode 700' : `See where it leads (ls -l ${word}), then: rm ${word}`;
    return `is a symbolic link of ${describeUser(stats.uid)}: TSPM would change what it leads to. ${remedy}.`;
  }
  if (stats.uid !== who.uid) return `belongs to ${describeUser(stats.uid)}, not to you (${describeUser(who.uid)}). Keep it with: sudo chown -hR ${who.uid} ${word}; or remove it.`;
  // A dead socket may be anything: connecting to it fails, and it is replaced.
  if ((kind === 'folder' && !stats.isDirectory()) || (kind === 'regular file' && !stats.isFile())) return `is not a ${kind}: move it away.`;
  if (kind === 'folder' && (stats.mode & writableByOthers) !== 0) return `can be written by other users, who may have put something into it. Look at what is there (ls -la ${word}), then: chmod 700 ${word}`;
  // Appended to in place, so that its other name would be written too.
  if (entry.endsWith('.log') && stats.nlink > 1) return `has another name as well (a hard link), so writing to it would change another file. Remove it: rm ${word}`;
  return null;
}
