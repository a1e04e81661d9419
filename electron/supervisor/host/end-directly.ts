// Ends children, or the shim itself, without its help: it is stopped, speaks another protocol, or does not answer. Whoever gets a signal is
// known by pid and start time, from the journal or from the supervisor's memory; what does not match is left alone.
import { rm } from 'node:fs/promises';
import type { Clock } from '../../../shared/model/clock.ts';
import type { HomePaths } from '../../../shared/model/home.ts';
import { isSameProcess, processStartTime } from '../../platform/process-identity.ts';
import { sendSignal } from '../../platform/send-signal.ts';
import { journalledShimAlive, readJournal, type KnownProcess } from './leftovers.ts';
import type { ShimConnection } from './shim-connection.ts';

export interface DirectEnd {
  /** See `hostId`. */
  readonly id: string;
  /** What the supervisor remembers of it. */
  readonly known: KnownProcess | null;
  readonly signal: string;
  readonly killTimeoutMs: number;
}

const lookMs = 20;
const afterKillMs = 2000;
/** A shim that was told to end kills its children first. */
const shutdownMs = 3000;
const terminateMs = 1000;

/** Gives the ids of those of which nothing runs. */
export async function endChildren(clock: Clock, journalFile: string, children: readonly DirectEnd[]): Promise<ReadonlySet<string>> {
  const journal = await readJournal(journalFile);
  const ended = new Set<string>();
  await Promise.all(
    children.map(async ({ id, known, signal, killTimeoutMs }) => {
      const journalled = journal?.children.filter((one) => one.id === id) ?? [];
      if (journal === null && known === null) return;
      const ends = [...journalled, ...(known === null ? [] : [known])].map((one) => endProcess(clock, one, 'group', [[signal, killTimeoutMs], ['SIGKILL', afterKillMs]]));
      if ((await Promise.all(ends)).every(Boolean)) ended.add(id);
    }),
  );
  return ended;
}

/** Ends the shim, by its own protocol where there is a connection, otherwise by signals. Its children must have ended before. */
export async function endShim(clock: Clock, paths: HomePaths, connection: ShimConnection | null): Promise<void> {
  const shim = await identify(paths, connection);
  connection?.send({ type: 'shutdown' });
  if (shim === null) return;
  if (connection !== null && (await gone(clock, shim, shutdownMs))) return;
  await endProcess(clock, shim, 'process', [['SIGTERM', terminateMs], ['SIGKILL', afterKillMs]]);
  if (await isSameProcess(shim.pid, shim.startTime)) return;
  // It could not tidy up behind itself.
  const files = process.platform === 'win32' ? [paths.shimJournal] : [paths.shimJournal, paths.shimSocket];
  await Promise.all(files.map((file) => rm(file, { force: true })));
}

async function identify(paths: HomePaths, connection: ShimConnection | null): Promise<KnownProcess | null> {
  if (connection !== null) {
    const { pid } = connection.welcome;
    const startTime = await processStartTime(pid);
    return startTime === null ? null : { pid, startTime };
  }
  const journal = await readJournal(paths.shimJournal);
  return journal !== null && (await journalledShimAlive(journal)) ? { pid: journal.shimPid, startTime: journal.shimStartTime } : null;
}

/** True when it is gone. */
async function endProcess(clock: Clock, one: KnownProcess, scope: 'process' | 'group', steps: readonly (readonly [signal: string, limitMs: number])[]): Promise<boolean> {
  for (const [signal, limitMs] of steps) {
    if (!(await isSameProcess(one.pid, one.startTime))) return true;
    sendSignal(one.pid, signal, scope);
    // A stopped process takes its signal only when it goes on.
    if (scope === 'group' && signal !== 'SIGKILL') sendSignal(one.pid, 'SIGCONT', scope);
    if (await gone(clock, one, limitMs)) return true;
  }
  return false;
}

async function gone(clock: Clock, one: KnownProcess, limitMs: number): Promise<boolean> {
  const begin = clock.elapsed();
  while (await isSameProcess(one.pid, one.startTime)) {
    if (clock.elapsed() - begin >= limitMs) return false;
    await new Promise<void>((resolve) => clock.after(lookMs, resolve));
  }
  return true;
}
