// A path that belongs to one listening server at a time. It is taken by binding and linking alone, so nothing is written and no lock can be
// left behind: a server listens under a name of its own and links that to the path, which succeeds for exactly one. A dead socket is
// moved away first, and what was moved is looked at before it is removed. Not for named pipes, which need none of this.
import { chmodSync, linkSync, lstatSync, readdirSync, renameSync, unlinkSync } from 'node:fs';
import { createConnection, type Server } from 'node:net';
import path from 'node:path';
import { errorCode } from '../../shared/model/failure.ts';

/** No longer than the name of the path itself: that has to fit into a socket's address. */
export const ownName = /^\.s[0-9a-z]{7}$/;

/** Names one socket for ever: an inode number alone is given again. */
export type SocketIdentity = string;

export type Occupant = { readonly state: 'absent' } | { readonly state: 'alive' | 'dead'; readonly identity: SocketIdentity };

/** Who is at the path. One whose queue is full is alive. */
export async function lookAt(place: string): Promise<Occupant> {
  const identity = identify(place);
  if (identity === null) return { state: 'absent' };
  const answer = await connects(place);
  if (answer === 'absent') return { state: 'absent' };
  return { state: answer, identity };
}

/** null when nothing is there. Throws the system error when it cannot be looked at. */
export function identify(place: string): SocketIdentity | null {
  const stats = lstatSync(place, { bigint: true, throwIfNoEntry: false });
  return stats === undefined ? null : `${stats.dev}:${stats.ino}:${stats.mtimeNs}`;
}

/** Listens under a name of its own, which has the mode 0600 before anybody could know it. Throws the system error. */
export async function listenBeside(server: Server, place: string): Promise<string> {
  const own = freshName(place);
  await listen(server, own);
  try {
    chmodSync(own, 0o600);
  } catch (error) {
    // A new owner has removed it as a leftover: whoever tries to link it sees that.
    if (errorCode(error) !== 'ENOENT') throw error;
  }
  return own;
}

/** False when it has to be tried again: somebody came first. */
export function linkTo(own: string, place: string): boolean {
  try {
    linkSync(own, place);
  } catch (error) {
    // Somebody has the path, or removed the name as a leftover.
    if (errorCode(error) === 'EEXIST' || errorCode(error) === 'ENOENT') return false;
    // A file system without links. Between the look and the step nobody else of this process can come, and who comes from outside is noticed.
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(errorCode(error) ?? '') || identify(place) !== null) throw error;
    renameSync(own, place);
    return true;
  }
  remove(own);
  return true;
}

/** Removes a dead socket, and nobody else's: if a live one was moved by mistake it is put back at once. */
export function clearDead(place: string, dead: SocketIdentity): void {
  if (identify(place) !== dead) return;
  const aside = freshName(place);
  try {
    renameSync(place, aside);
  } catch (error) {
    // Another one was faster.
    if (errorCode(error) === 'ENOENT') return;
    throw error;
  }
  try {
    if (identify(aside) !== dead) linkSync(aside, place);
  } catch (error) {
    // A new owner has removed it as a leftover, or has the path. An owner that lost its name binds a new one.
    if (errorCode(error) !== 'ENOENT' && errorCode(error) !== 'EEXIST') throw error;
  } finally {
    remove(aside);
  }
}

/** Who removes leftovers may have been faster. */
function remove(name: string): void {
  try {
    unlinkSync(name);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
}

/** Frees the path if it is still this one's. */
export function leavePlace(place: string, own: SocketIdentity): void {
  try {
    if (identify(place) === own) unlinkSync(place);
  } catch {
    // Whoever comes next finds a dead socket and removes it.
  }
}

/** Removes names that a crash left between two steps. */
export function removeLeftovers(place: string): void {
  try {
    const folder = path.dirname(place);
    for (const name of readdirSync(folder)) if (ownName.test(name)) remove(path.join(folder, name));
  } catch {
    // They do no harm.
  }
}

function freshName(place: string): string {
  const random = Math.floor(Math.random() * 36 ** 7).toString(36).padStart(7, '0');
  return path.join(path.dirname(place), `.s${random}`);
}

function listen(server: Server, socket: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (error: Error): void => {
      server.off('listening', listening);
      reject(error);
    };
    const listening = (): void => {
      server.off('error', failed);
      resolve();
    };
    server.once('error', failed);
    server.once('listening', listening);
    server.listen(socket);
  });
}

function connects(socket: string): Promise<'alive' | 'dead' | 'absent'> {
  return new Promise((resolve) => {
    const probe = createConnection(socket);
    const finish = (answer: 'alive' | 'dead' | 'absent'): void => {
      probe.destroy();
      resolve(answer);
    };
    probe.once('connect', () => finish('alive'));
    probe.once('error', (error) => {
      const code = errorCode(error) ?? '';
      if (code === 'ENOENT') finish('absent');
      // Nobody listens behind it, or it is no socket at all. Whatever else is wrong does not prove that nobody does.
      else finish(['ECONNREFUSED', 'ENOTSOCK', 'EPROTOTYPE'].includes(code) ? 'dead' : 'alive');
    });
  });
}
