// Before a word is said over a socket: is it ours, in a folder of ours, where nobody else can put another one? The folder is looked at
// first. Once it is known to be ours and closed, nothing in it can be swapped between this look and the connection.
import { lstatSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../../../shared/model/failure.ts';
import { ownIdentity } from './identity.ts';
import { inspectWaySync } from './way.ts';
import { describeObstacle, describeUser } from './words.ts';

const writableByOthers = 0o022;

/**
 * Throws `engine-unreachable` with UnreachableData of the kind `denied` when somebody else could be behind this socket, and ENOENT, as the
 * connection would, when its folder is not there: by then somebody else could have made it. A folder of ours without the socket is fine.
 */
export function checkSocket(socket: string): void {
  const who = ownIdentity();
  if (who === null) return;
  const refuse = (problem: string): Failure => new Failure('engine-unreachable', problem, { kind: 'denied', socket });
  const folder = path.dirname(socket);
  const { stats, obstacle } = inspectWaySync(folder, who, process.env['HOME']);
  if (obstacle !== null) throw refuse(`the socket ${socket} cannot be trusted: ${describeObstacle(obstacle)}. Set TSPM_HOME to a folder of your own.`);
  if (stats === null) throw Object.assign(new Error(`no such folder: ${folder}`), { code: 'ENOENT' });
  const remedy = "it is not TSPM's; remove it, or set TSPM_HOME to another or a shorter path";
  if (stats.uid !== who.uid) throw refuse(`the folder ${folder} belongs to ${describeUser(stats.uid)}, not to you: ${remedy}.`);
  if (!stats.isDirectory()) throw refuse(`${folder} is not a folder: ${remedy}.`);
  if ((stats.mode & writableByOthers) !== 0) throw refuse(`the folder ${folder} can be written by other users, who could put another socket there. Repair it with: chmod 700 ${folder}`);
  const found = lstatSync(socket, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (found.isDirectory()) throw refuse(`${socket} is a folder: ${remedy}.`);
  if (found.isSymbolicLink()) throw refuse(`${socket} is a symbolic link: ${remedy}.`);
  if (found.uid !== who.uid) throw refuse(`the socket ${socket} belongs to ${describeUser(found.uid)}, not to you: ${remedy}.`);
}
