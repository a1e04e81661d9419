// Where FIFOs get their names: a folder in memory, in which a FIFO costs a hundredth of what it costs on a disk.
// /dev/shm is open to every user of the machine: names are random, each folder is checked before it is used or emptied,
// and nothing is removed recursively. The private home has a mark for each folder, so that the next shim can remove
// what a killed one left.
import { randomBytes } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, rmdirSync, unlinkSync } from 'node:fs';
import path from 'node:path';
import { fifoName } from './fifo-stock.ts';
import { pidExists } from './process-identity.ts';
import { PrivateFolder } from './private-folder.ts';

const memory = '/dev/shm';
const prefix = 'tspm-';
const ownName = /^tspm-[0-9a-f]{24}$/;
/** Of which process, and the folder's own name. */
const markName = /^scratch-(\d+)-([0-9a-f]{24})$/;

/** Writes or removes an empty file of this name in the folder of marks. */
export type SetMark = (name: string, exists: boolean) => void;

/** null where there is no file system in memory, or no right to write there. */
export function makeScratchFolder(setMark: SetMark): PrivateFolder | null {
  if (process.platform !== 'linux') return null;
  const id = randomBytes(12).toString('hex');
  try {
    mkdirSync(pathOf(id), { mode: 0o700 });
  } catch {
    return null;
  }
  setMark(markOf(id), true);
  return PrivateFolder.open(pathOf(id));
}

/** Of a folder that was made here. */
export function removeScratchFolder(folder: string, setMark: SetMark): void {
  if (emptyAndRemove(folder)) setMark(markOf(path.basename(folder).slice(prefix.length)), false);
}

/** What killed processes left: folders that have a mark in `marks`, and those of 0.1.0, whose names tell user and pid. */
export function removeScratchLeftovers(marks: string): void {
  for (const name of namesIn(marks)) {
    const [, pid, id] = markName.exec(name) ?? [];
    if (id !== undefined && !pidExists(Number(pid)) && emptyAndRemove(pathOf(id))) unlinkSync(path.join(marks, name));
  }
  if (process.platform !== 'linux') return;
  const old = new RegExp(`^${prefix}${process.getuid?.() ?? ''}-(\\d+)-\\d+$`);
  for (const name of namesIn(memory)) {
    const [, pid] = old.exec(name) ?? [];
    const isLeft = pid === undefined ? ownName.test(name) && isOfDeadProcess(path.join(memory, name)) : !pidExists(Number(pid));
    if (isLeft) emptyAndRemove(path.join(memory, name));
  }
}

/** Removes the FIFOs in a private folder that were made by such processes. */
export function removeFifosOf(folder: string, isMeant: (pid: number) => boolean): void {
  const opened = PrivateFolder.open(folder);
  try {
    opened?.removeFifos((name) => {
      const [, pid] = fifoName.exec(name) ?? [];
      return pid !== undefined && isMeant(Number(pid));
    });
  } catch {
    // The next start tries again.
  } finally {
    opened?.close();
  }
}

/** By the names in it: the home with its mark may be gone. */
function isOfDeadProcess(folder: string): boolean {
  const pids = namesIn(folder).map((name) => Number(fifoName.exec(name)?.[1] ?? process.pid));
  return pids.length > 0 && pids.every((pid) => !pidExists(pid));
}

/** False when it is still there, and ours: then somebody has put something else into it, or there are no descriptors. */
function emptyAndRemove(folder: string): boolean {
  const opened = PrivateFolder.open(folder);
  if (opened === null) return lstatSync(folder, { throwIfNoEntry: false })?.uid !== process.getuid?.();
  try {
    opened.removeFifos((name) => fifoName.test(name));
    // Follows no link, and removes nothing but an empty folder.
    rmdirSync(folder);
    return true;
  } catch {
    return false;
  } finally {
    opened.close();
  }
}

function markOf(id: string): string {
  return `scratch-${process.pid}-${id}`;
}

function pathOf(id: string): string {
  return path.join(memory, `${prefix}${id}`);
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // It is not there: nothing was left in it.
    return [];
  }
}
