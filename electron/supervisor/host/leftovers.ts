// After a shim was killed its children run on without a parent that knows them. They are found and ended, and nobody else is.
import { readFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import type { Clock } from '../../../shared/model/clock.ts';
import { errorCode } from '../../../shared/model/failure.ts';
import { findMarkedProcesses, isSameProcess, pidExists, processSession, processStartTime } from '../../platform/process-identity.ts';
import { sendSignal } from '../../platform/send-signal.ts';

/** What is left has this long to end by itself: services must be back within 5 s. */
const graceMs = 1000;
const killMs = 1000;
const pauseMs = 20;

const journalSchema = z.object({
  shimPid: z.int(),
  shimStartTime: z.string(),
  children: z.array(z.object({ id: z.optional(z.string()), pid: z.int(), startTime: z.string() })),
});

export interface KnownProcess {
  readonly pid: number;
  readonly startTime: string;
}

export type Journal = z.infer<typeof journalSchema>;

/** True when the shim that wrote the journal still runs. */
export async function journalledShimAlive(journal: Journal | null): Promise<boolean> {
  return journal !== null && (await isSameProcess(journal.shimPid, journal.shimStartTime));
}

/** Ids of the children that a journal names and that live. Throws the system error when it cannot be read at the moment. */
export async function livingChildren(file: string): Promise<readonly string[]> {
  const children = (await readJournal(file))?.children ?? [];
  const living = await Promise.all(children.map((one) => isSameProcess(one.pid, one.startTime)));
  return children.flatMap(({ id }, index) => (living[index] === true && id !== undefined ? [id] : []));
}

const nobody: ReadonlySet<number> = new Set();

/**
 * Ends all that a dead shim left: what its journal and the caller know by pid and start time, and what carries the home's mark.
 * `spared`: pids of children of another shim, which lead sessions that are none of it.
 */
export async function endLeftovers(clock: Clock, journal: Journal | null, homeId: string, known: readonly KnownProcess[], spared: ReadonlySet<number> = nobody): Promise<number> {
  const candidates = new Map([...(journal?.children ?? []), ...known].map((one) => [one.pid, one.startTime]));
  const ours: KnownProcess[] = [];
  for (const [pid, startTime] of candidates) if (await isSameProcess(pid, startTime)) ours.push({ pid, startTime });
  const leaders = new Set(ours.map((one) => one.pid));
  for (const pid of await findMarkedProcesses(homeId)) {
    if (spared.size > 0 && spared.has((await processSession(pid)) ?? pid)) continue;
    const startTime = leaders.has(pid) ? null : await processStartTime(pid);
    if (startTime !== null) ours.push({ pid, startTime });
  }
  await endAll(clock, ours, leaders, 'SIGTERM', graceMs);
  await endAll(clock, ours, leaders, 'SIGKILL', killMs);
  return ours.length;
}

async function endAll(clock: Clock, ours: readonly KnownProcess[], leaders: ReadonlySet<number>, signal: string, limitMs: number): Promise<void> {
  const left = await alive(ours);
  for (const { pid } of left) sendSignal(pid, signal, leaders.has(pid) ? 'group' : 'process');
  const deadline = clock.elapsed() + limitMs;
  while (clock.elapsed() < deadline && left.some(({ pid }) => pidExists(pid)) && (await alive(left)).length > 0) {
    await new Promise<void>((resolve) => clock.after(pauseMs, resolve));
  }
}

async function alive(processes: readonly KnownProcess[]): Promise<readonly KnownProcess[]> {
  const checks = await Promise.all(processes.map((one) => isSameProcess(one.pid, one.startTime)));
  return processes.filter((_, index) => checks[index]);
}

/**
 * What a shim wrote of its children; a new shim overwrites it, so it is read before one is started. null when there is none, or one that
 * a crash cut short: the marks on the children still find them. Throws the system error when it cannot be read at the moment.
 */
export async function readJournal(file: string): Promise<Journal | null> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return null;
    throw error;
  });
  try {
    return text === null ? null : z.parse(journalSchema, JSON.parse(text));
  } catch {
    // Not a journal.
    return null;
  }
}
