// Where a path really leads. A link may name a file that does not exist yet, and a link of another user is not followed:
// whoever may plant one would choose which of our files is written to.
import type { Stats } from 'node:fs';
import { lstat, readlink } from 'node:fs/promises';
import path from 'node:path';
import { errorCode } from '../../shared/model/failure.ts';

/** As Linux has it. */
const maxLinks = 40;

/** Each look at a path goes through it: any of them may hang. */
export type Look = <Value>(file: string, look: () => Promise<Value>) => Promise<Value>;

const atOnce: Look = (_file, look) => look();

/**
 * `file` is absolute. What does not exist is taken as it stands. Links below /proc that name no path (`/proc/self/fd/1`)
 * stay as they are. Throws an Error for a link of another user, and the system error.
 */
export async function resolveLinks(file: string, look: Look = atOnce): Promise<string> {
  let left = file.split(path.sep).filter((part) => part !== '');
  let resolved = path.parse(file).root;
  if (process.platform === 'win32') left = left.slice(1);
  for (let links = 0; left.length > 0; ) {
    const [name = '', ...rest] = left;
    left = rest;
    const next = path.join(resolved, name);
    const stats = await look(next, () => lstatOrNull(next));
    if (stats === null) return path.join(next, ...left);
    if (!stats.isSymbolicLink() || isDescriptor(next)) {
      resolved = next;
      continue;
    }
    if (!isTrusted(stats.uid)) throw new Error(`${next} is a link that belongs to another user: not followed`);
    if (++links > maxLinks) throw new Error(`${file}: too many levels of symbolic links`);
    const target = await look(next, () => readlink(next));
    left = [...target.split(path.sep).filter((part) => part !== ''), ...left];
    if (path.isAbsolute(target)) resolved = path.parse(target).root;
  }
  return resolved;
}

/** What is no path but a descriptor of a process: opening it does not look at its text. */
export function isDescriptor(file: string): boolean {
  return /^\/proc\/\d+\/(task\/\d+\/)?fd\//.test(file);
}

function isTrusted(uid: number): boolean {
  const own = process.getuid?.();
  return own === undefined || uid === 0 || uid === own;
}

async function lstatOrNull(file: string): Promise<Stats | null> {
  try {
    return await lstat(file);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}
