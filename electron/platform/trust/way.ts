// Walks to a path as the kernel does, link by link, and looks at everything that decides where it leads. Like StrictModes of
// OpenSSH: whoever owns a folder on the way, or can write in it, can put something else in the place of what comes after it.
import type { Stats } from 'node:fs';
import { lstatSync, readlinkSync } from 'node:fs';
import { lstat, readlink } from 'node:fs/promises';
import path from 'node:path';
import { errorCode } from '../../../shared/model/failure.ts';
import type { Identity } from './identity.ts';

const stickyBit = 0o1000;
const groupWrite = 0o020;
const othersWrite = 0o002;
/** As many as Linux follows. */
const maxLinks = 40;

/** One thing on the way, as lstat sees it; `link` is where a symbolic link leads. */
export interface Found {
  readonly stats: Stats;
  readonly link: string | null;
}

export interface Obstacle {
  readonly kind: 'foreign-link' | 'foreign-folder' | 'open-folder' | 'endless-links';
  readonly path: string;
  readonly uid: number;
}

export interface WayEnd {
  /** Without links. */
  readonly path: string;
  /** null when there is nothing, or nothing yet. */
  readonly stats: Stats | null;
  /** The first thing on the way that lets somebody else decide where it leads. */
  readonly obstacle: Obstacle | null;
}

type Walk = Generator<string, WayEnd, Found | null>;

/**
 * `anchor`, the user's own home folder, is where the walk begins when `target` is below it: whoever could replace that has the
 * account already. Asks for one path after the other; the last folder is not judged.
 */
function* walk(target: string, who: Identity, anchor: string | undefined): Walk {
  const own = anchor !== undefined && path.isAbsolute(anchor) ? path.resolve(anchor) : '/';
  const start = own !== '/' && target.startsWith(`${own}/`) ? path.dirname(own) : '/';
  const rest = path.relative(start, target).split('/');
  let at = start;
  let links = 0;
  for (let name = rest.shift(); name !== undefined; name = rest.shift()) {
    if (name === '' || name === '.') continue;
    const next = path.join(at, name);
    const found: Found | null = yield next;
    if (found === null) return { path: next, stats: null, obstacle: null };
    const { stats, link } = found;
    if (link !== null) {
      if (!who.trusts(stats.uid)) return { path: next, stats, obstacle: { kind: 'foreign-link', path: next, uid: stats.uid } };
      if (++links > maxLinks) return { path: next, stats, obstacle: { kind: 'endless-links', path: next, uid: stats.uid } };
      rest.unshift(...link.split('/'));
      if (path.isAbsolute(link)) at = '/';
      continue;
    }
    at = next;
    if (rest.every((part) => part === '' || part === '.')) return { path: next, stats, obstacle: null };
    const obstacle = judge(next, stats, who);
    if (obstacle !== null) return { path: next, stats, obstacle };
  }
  return { path: at, stats: null, obstacle: null };
}

function judge(folder: string, stats: Stats, who: Identity): Obstacle | null {
  const { uid, mode } = stats;
  if (!who.trusts(uid)) return { kind: 'foreign-folder', path: folder, uid };
  // In a folder with the sticky bit, such as /tmp, others cannot rename or remove what is not theirs.
  if ((mode & stickyBit) !== 0) return null;
  return isOpenToOthers(stats, who) ? { kind: 'open-folder', path: folder, uid } : null;
}

/** Others can make files in it. Many systems give each user a group of their own, and make folders writable for it. */
export function isOpenToOthers({ gid, mode }: Stats, who: Identity): boolean {
  return (mode & othersWrite) !== 0 || ((mode & groupWrite) !== 0 && gid !== who.gid);
}

/** Throws the system error when something on the way may not be looked at. */
export function inspectWaySync(target: string, who: Identity, anchor?: string): WayEnd {
  const steps = walk(target, who, anchor);
  for (let step = steps.next(); ; ) {
    if (step.done === true) return step.value;
    step = steps.next(findSync(step.value));
  }
}

/** The same for a thread that must not wait for a disk. */
export async function inspectWay(target: string, who: Identity, anchor?: string): Promise<WayEnd> {
  const steps = walk(target, who, anchor);
  for (let step = steps.next(); ; ) {
    if (step.done === true) return step.value;
    step = steps.next(await find(step.value));
  }
}

function findSync(file: string): Found | null {
  try {
    const stats = lstatSync(file, { throwIfNoEntry: false });
    return stats === undefined ? null : { stats, link: stats.isSymbolicLink() ? readlinkSync(file) : null };
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}

async function find(file: string): Promise<Found | null> {
  try {
    const stats = await lstat(file);
    return { stats, link: stats.isSymbolicLink() ? await readlink(file) : null };
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}

function isAbsent(error: unknown): boolean {
  return errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR';
}
