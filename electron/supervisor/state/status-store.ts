// Keeps status.json true. Many changes become one write; whoever waits knows that a state with their change is on disk.
import { writeFileAtomic } from '../../platform/atomic-file.ts';
import { errorMessage, Failure } from '../../../shared/model/failure.ts';
import type { Status } from './status-file.ts';

export interface StatusStore {
  /** Resolves when a state taken after this call is on disk and synced. Throws a Failure when the disk refuses. */
  save(): Promise<void>;
  /**
   * The file is somebody else's from now on: resolves when nothing of ours is written to it any more. With `last` the state of the
   * moment is written first. Throws a Failure when the disk refuses; a `save` after this throws `engine-unreachable`.
   */
  close(last: boolean): Promise<void>;
}

/** `take` gives the state of the moment; it is called once per write, right before it. */
export function createStatusStore(file: string, take: () => Status): StatusStore {
  let writing: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  let state: 'open' | 'closing' | 'closed' = 'open';

  const write = async (): Promise<void> => {
    try {
      await writeFileAtomic(file, `${JSON.stringify(take())}\n`);
    } catch (error) {
      throw new Failure('failed', `the state could not be written to ${file}: ${errorMessage(error)}. What was changed is in effect, but would be forgotten if the supervisor died now: free some space or mend the rights, and repeat the command.`);
    }
  };

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

  return {
    save: () => (state === 'open' ? save() : Promise.reject(left())),
    async close(last) {
      const written = last ? save() : writing?.catch(() => undefined);
      state = last ? 'closing' : 'closed';
      try {
        await written;
      } finally {
        state = 'closed';
      }
    },
  };
}

function left(): Failure {
  return new Failure('engine-unreachable', 'another engine has taken over meanwhile: ask again');
}
