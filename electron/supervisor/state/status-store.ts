// Keeps status.json true. Many changes become one write; whoever waits knows that a state with their change is on disk, or why it is not
// yet: what the disk does not take is held in memory and tried again until it does.
import { stat } from 'node:fs/promises';
import { systemClock, type Clock, type Timer } from '../../../shared/model/clock.ts';
import { errorCode, errorMessage, Failure } from '../../../shared/model/failure.ts';
import { writeFileAtomic } from '../../platform/atomic-file.ts';
import { createDiskReserve } from '../../platform/disk-reserve.ts';
import { previousStatus } from './read-status.ts';
import type { Status } from './status-file.ts';

/** A disk that has not answered by then is taken for one that will not. */
const patienceMs = 5000;
const firstRetryMs = 1000;
const longestRetryMs = 30_000;

export interface StatusStoreOptions {
  readonly file: string;
  /** Disk space that is given up when the disk is full. */
  readonly reserve: string;
  /** Gives the state of the moment; called once per write, right before it. */
  readonly take: () => Status;
  /** Called when `problem` has changed. */
  readonly changed?: (problem: string | null) => void;
  readonly clock?: Clock;
}

export interface StatusStore {
  /** Why the newest state is not on disk; null when it is, or is on its way. */
  readonly problem: string | null;
  /**
   * Resolves when a state taken after this call is on disk and synced, or when the disk does not take it: see `problem`. It is tried
   * again until it does.
   */
  save(): Promise<void>;
  /**
   * The file is somebody else's from now on: resolves when nothing of ours is written to it any more. With `last` the state of the
   * moment is written first. A `save` after this throws `engine-unreachable`.
   */
  close(last: boolean): Promise<void>;
}

export function createStatusStore({ file, reserve: reserveFile, take, changed, clock = systemClock }: StatusStoreOptions): StatusStore {
  const reserve = createDiskReserve(reserveFile, () => clock.elapsed());
  let writing: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  let state: 'open' | 'closing' | 'closed' = 'open';
  let problem: string | null = null;
  let retry: Timer | null = null;
  let retryMs = firstRetryMs;
  /** The file as this store wrote it: what somebody else made of it is not worth keeping. */
  let written: string | null = null;

  const put = async (content: string): Promise<void> => {
    const previous = written === null || (await identify(file)) === written ? previousStatus(file) : undefined;
    await writeFileAtomic(file, content, { previous, cancelled: () => state === 'closed' });
    written = await identify(file);
  };

  const write = async (): Promise<void> => {
    try {
      const content = `${JSON.stringify(take())}\n`;
      await put(content).catch(async (error: unknown) => {
        if (!isFull(error) || !(await reserve.giveUp())) throw error;
        await put(content);
      });
      saw(null);
      void reserve.keep();
    } catch (error) {
      if (state === 'closed') throw left();
      saw(errorMessage(error));
    }
  };

  function saw(what: string | null): void {
    const before = problem;
    problem = what;
    if (what === null) retryMs = firstRetryMs;
    else if (state === 'open') retryLater();
    if (before !== what) changed?.(what);
  }

  function retryLater(): void {
    if (retry !== null) return;
    retry = clock.after(retryMs, () => {
      retry = null;
      retryMs = Math.min(longestRetryMs, retryMs * 2);
      if (state === 'open') void save().catch(() => undefined);
    });
  }

  const begin = (): Promise<void> => {
    next = null;
    if (state === 'closed') return Promise.reject(left());
    const current = write().finally(() => {
      if (writing === current) writing = null;
    });
    writing = current;
    return current;
  };

  const save = (): Promise<void> => {
    if (writing === null) return begin();
    next ??= writing.catch(() => undefined).then(begin);
    return next;
  };

  /** Nobody waits longer than `patienceMs` for a disk; the write goes on. */
  const patiently = (work: Promise<void>): Promise<void> =>
    new Promise((resolve, reject) => {
      const timer = clock.after(patienceMs, () => {
        saw(`the disk has not answered for ${patienceMs / 1000} s`);
        resolve();
      });
      work.then(resolve, reject).finally(() => timer.cancel());
    });

  return {
    get problem() {
      return problem;
    },
    save: () => (state === 'open' ? patiently(save()) : Promise.reject(left())),
    async close(last) {
      retry?.cancel();
      const ending = last ? save() : writing?.catch(() => undefined);
      state = last ? 'closing' : 'closed';
      try {
        if (ending !== undefined) await patiently(ending);
      } finally {
        state = 'closed';
      }
    },
  };
}

function isFull(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT'].includes(errorCode(error) ?? '');
}

async function identify(file: string): Promise<string | null> {
  return stat(file).then(
    ({ dev, ino, size, mtimeMs }) => `${dev}:${ino}:${size}:${mtimeMs}`,
    () => null,
  );
}

function left(): Failure {
  return new Failure('engine-unreachable', 'another engine has taken over meanwhile: ask again');
}
