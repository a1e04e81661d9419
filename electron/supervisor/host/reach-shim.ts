// One try to have a data plane: connects to the shim of a home, or ends what a dead one left and starts another. It throws a Failure that
// says why it cannot be had at the moment; the caller tries again.
import { open, stat } from 'node:fs/promises';
import type { Clock } from '../../../shared/model/clock.ts';
import { errorCode, errorMessage, Failure } from '../../../shared/model/failure.ts';
import type { HomePaths } from '../../../shared/model/home.ts';
import type { FromShim } from '../../../shared/model/shim-protocol.ts';
import { successionMark } from '../../../shared/model/succession.ts';
import { startShim } from '../../platform/engine-process.ts';
import { homeId } from '../../platform/home.ts';
import { isStopped } from '../../platform/process-identity.ts';
import { endLeftovers, journalledShimAlive, readJournal, type Journal, type KnownProcess } from './leftovers.ts';
import { connectToShim, type ShimConnection } from './shim-connection.ts';

const startTimeoutMs = 10_000;
/** A shim that lives and does not listen is about to, or about to end. */
const bindTimeoutMs = 2000;
const firstPauseMs = 2;
const longestPauseMs = 10;
const longestWords = 300;

export interface ReachOptions {
  readonly paths: HomePaths;
  readonly clock: Clock;
  /** Arguments after the runtime that start a shim: flags, its file, its own arguments. */
  readonly shimCommand: readonly string[];
  /** Children known to the supervisor, for the search after a death. */
  readonly known: () => readonly KnownProcess[];
  /** Pids of the children of another shim, which are none of this one's leftovers. */
  readonly spared: () => ReadonlySet<number>;
  /** Processes may be left of which no journal tells: nothing is started before they have been looked for. */
  readonly mayHaveLeftovers: () => boolean;
  readonly onMessage: (message: FromShim) => void;
}

export interface Reached {
  readonly connection: ShimConnection;
  /** null: the shim was there. Otherwise it is a new one, and so many processes of the one before were ended. */
  readonly ended: number | null;
}

/** Connects to a shim that is there, or comes within `patienceMs`; null when there is none. Throws a Failure when it lives and cannot be had. */
export async function joinShim(options: ReachOptions, patienceMs: number): Promise<ShimConnection | null> {
  const journal = await readJournal(options.paths.shimJournal);
  const lives = await journalledShimAlive(journal);
  if (journal !== null && lives && (await isStopped(journal.shimPid))) throw stopped(journal.shimPid);
  const found = await attach(options, patienceMs);
  if (found === null && journal !== null && lives && (await journalledShimAlive(journal))) throw unreachable(options.paths, journal);
  return found;
}

export async function reachShim(options: ReachOptions): Promise<Reached> {
  const journal = await readJournal(options.paths.shimJournal);
  const lives = await journalledShimAlive(journal);
  if (journal !== null && lives && (await isStopped(journal.shimPid))) throw stopped(journal.shimPid);
  const found = await attach(options, 0);
  if (found !== null) return { connection: found, ended: null };
  if (journal !== null && lives) {
    const late = await attach(options, bindTimeoutMs, () => journalledShimAlive(journal));
    if (late !== null) return { connection: late, ended: null };
    // Its children run, and it sees to them; nothing here may be ended or started in its place.
    if (await journalledShimAlive(journal)) throw unreachable(options.paths, journal);
  }
  return startAnother(options, journal);
}

function unreachable({ shimSocket }: HomePaths, { shimPid }: Journal): Failure {
  return new Failure('failed', `it lives (pid ${shimPid}), but its socket ${shimSocket} is gone`);
}

export function stopped(pid: number): Failure {
  return new Failure('failed', `it is stopped (pid ${pid}); \`kill -CONT ${pid}\` lets it go on`);
}

/**
 * Ends what a dead shim left, and starts a new one; it gets work only after that. Where there is nothing that could have left anything,
 * the new one boots while that is made sure.
 */
async function startAnother(options: ReachOptions, journal: Journal | null): Promise<Reached> {
  const { paths, clock, shimCommand, known, spared, mayHaveLeftovers } = options;
  const mark = paths.shimSocket === paths.nextShimSocket ? { [successionMark]: '[]' } : {};
  const cautious = journal !== null || mayHaveLeftovers();
  const logStart = await stat(paths.shimLog).then(({ size }) => size, () => 0);
  const early = cautious ? null : startShim(paths, shimCommand, mark);
  const ended = await endLeftovers(clock, journal, homeId(paths.home), known(), spared());
  const shim = early ?? startShim(paths, shimCommand, mark);
  const connection = await attach(options, startTimeoutMs, () => Promise.resolve(shim.ending() === null));
  if (connection !== null) return { connection, ended };
  const ending = shim.ending();
  if (ending === null) throw new Failure('failed', `it did not start within ${startTimeoutMs / 1000} s; see ${paths.shimLog}`);
  throw new Failure('failed', `it cannot be started: ${(await lastWords(paths.shimLog, logStart)) ?? ending}`);
}

/** Tries to connect until `patienceMs` is over, or there is no use in it any more; null when nobody listens. */
async function attach({ clock, paths, onMessage }: ReachOptions, patienceMs: number, useful: () => Promise<boolean> = () => Promise.resolve(true)): Promise<ShimConnection | null> {
  const begin = clock.elapsed();
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(longestPauseMs, pauseMs * 2)) {
    const isUseful = await useful();
    try {
      return await connectToShim(paths.shimSocket, onMessage);
    } catch (error) {
      const absent = ['ENOENT', 'ECONNREFUSED', 'EPIPE', 'ECONNRESET'].includes(errorCode(error) ?? '');
      const waitedMs = clock.elapsed() - begin;
      if (absent && (waitedMs >= patienceMs || !isUseful)) return null;
      if (!absent && ((error instanceof Failure && error.code === 'protocol-mismatch') || waitedMs >= patienceMs)) throw error;
    }
    await new Promise<void>((resolve) => clock.after(pauseMs, resolve));
  }
}

/** What a shim that ended at its start has said of the reason. */
async function lastWords(file: string, from: number): Promise<string | null> {
  const text = await readTail(file, from).catch((error: unknown) => errorMessage(error));
  const lines = text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  const words = lines.find((line) => /^(?:\w*Error\b|The shim could not start)/.test(line)) ?? lines.at(-1);
  return words?.slice(0, longestWords) ?? null;
}

async function readTail(file: string, from: number): Promise<string> {
  const handle = await open(file, 'r');
  try {
    const buffer = Buffer.alloc(16 << 10);
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, from);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}
