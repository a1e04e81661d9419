// Finds the newest state that can be used: status.json, or the one before it. No file, however damaged, keeps an engine from coming up.
import { constants } from 'node:fs';
import { open, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { errorCode, errorMessage } from '../../../shared/model/failure.ts';
import { emptyStatus, parseStatus, type ParsedStatus, type Status } from './status-file.ts';

/** A larger file was not written by TSPM: 10,000 processes are about 20 MiB. */
const maxBytes = 64 << 20;
const damagedKept = 3;

export interface SavedStatus {
  readonly status: Status;
  /** False when processes may be missing from it: what runs and is not in it is kept then. */
  readonly complete: boolean;
  /** Of the children that began before this (ms since the epoch) the list names all; of younger ones it cannot know. 0: see `complete`. */
  readonly namedUntil: number;
  /** What was wrong, and what was done about it; empty when all is well. */
  readonly remarks: readonly string[];
  /** Something in the file cannot be used: it is worth keeping for a person to look at. */
  readonly damaged: boolean;
}

const partial = { complete: false, namedUntil: 0 } as const;

type Found = { readonly parsed: ParsedStatus; readonly modifiedAt: number } | { readonly problem: string; readonly absent: boolean };

/** The state that was written before the newest one. */
export function previousStatus(file: string): string {
  return `${file}.previous`;
}

export async function readStatus(file: string): Promise<SavedStatus> {
  const newest = await find(file);
  if ('parsed' in newest && newest.parsed.problems.length === 0) {
    const { status } = newest.parsed;
    const namedUntil = status.namedUntil ?? newest.modifiedAt;
    return { status, complete: namedUntil > 0, namedUntil, remarks: [], damaged: false };
  }
  const before = await find(previousStatus(file));
  if ('parsed' in newest) return repaired(file, newest.parsed, 'parsed' in before ? before.parsed.status : emptyStatus);
  if ('parsed' in before) {
    const remark = `${file} ${newest.problem}: the state before it is used, and what runs goes on`;
    return { status: before.parsed.status, ...partial, remarks: [remark, ...before.parsed.problems], damaged: !newest.absent };
  }
  // A new home, unless services run here: they are kept, whatever became of the list.
  if (newest.absent && before.absent) return { status: emptyStatus, ...partial, remarks: [], damaged: false };
  const remark = `${file} ${newest.problem}, and there is no good copy of it: the list begins with what runs; tspm start <config> brings the rest back`;
  return { status: emptyStatus, ...partial, remarks: [remark], damaged: !newest.absent };
}

/** The same, for the owner of the home: a damaged file is moved aside, for a person to look at. */
export async function recoverStatus(file: string, now: number): Promise<SavedStatus> {
  const saved = await readStatus(file);
  if (!saved.damaged) return saved;
  const aside = `${file}.damaged-${new Date(now).toISOString().replaceAll(/[:.]/g, '-')}`;
  try {
    await rename(file, aside);
    await dropOldest(file);
    return { ...saved, remarks: [...saved.remarks, `the damaged file is kept as ${aside}`] };
  } catch (error) {
    return { ...saved, remarks: [...saved.remarks, `it could not be moved aside: ${errorMessage(error)}`] };
  }
}

/** An entry that cannot be used is taken from the state before. */
function repaired(file: string, { status, problems, broken }: ParsedStatus, before: Status): SavedStatus {
  const missing = (name: string): boolean => broken.includes(name);
  const older = before.processes.filter(({ spec }) => missing(spec.name));
  const kept = status.processes.filter(({ spec }) => !older.some((one) => one.spec.name === spec.name));
  const used = older.map(({ spec }) => spec.name);
  const remark = `${file}: ${problems.join('; ')}${used.length === 0 ? '' : `. The state before it is used for ${used.join(', ')}`}`;
  const processes = [...kept, ...older];
  // Through the parser once more: ids stay unique.
  const whole = parseStatus({ ...status, environments: { ...before.environments, ...status.environments }, processes });
  return { status: whole?.status ?? status, ...partial, remarks: [remark], damaged: true };
}

async function find(file: string): Promise<Found> {
  try {
    // A FIFO in its place would never open otherwise.
    const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const stats = await handle.stat();
      if (!stats.isFile()) return { problem: 'is not a file', absent: false };
      if (stats.size > maxBytes) return { problem: `is larger (${stats.size} bytes) than a state can be`, absent: false };
      const text = await handle.readFile('utf8');
      if (text.trim() === '') return { problem: 'is empty', absent: false };
      const parsed = parseStatus(JSON.parse(text));
      return parsed === null ? { problem: 'is not a state file', absent: false } : { parsed, modifiedAt: stats.mtimeMs };
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return { problem: 'is missing', absent: true };
    // The parser's message quotes the content, and that may hold secrets.
    const problem = error instanceof SyntaxError ? 'is damaged (it is not valid JSON)' : `cannot be read (${errorMessage(error)})`;
    return { problem, absent: false };
  }
}

async function dropOldest(file: string): Promise<void> {
  const folder = path.dirname(file);
  const prefix = `${path.basename(file)}.damaged-`;
  const kept = (await readdir(folder)).filter((name) => name.startsWith(prefix)).sort();
  for (const name of kept.slice(0, -damagedKept)) await rm(path.join(folder, name), { force: true });
}
