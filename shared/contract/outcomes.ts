// What a lifecycle command did to each instance, and how it goes on meanwhile.
import type { ProcessSnapshot } from '../model/snapshot.ts';

export type Action =
  | 'started'
  | 'restarted'
  /** The new definition is taken over; it needed no restart. */
  | 'updated'
  | 'reloaded'
  | 'stopped'
  | 'deleted'
  | 'flushed'
  | 'reset'
  | 'signalled'
  /** It was so already. */
  | 'unchanged'
  | 'failed';

export interface Outcome {
  readonly id: number;
  readonly name: string;
  readonly instance: number;
  readonly action: Action;
  /** Config fields that differ from what ran before; only after a change. */
  readonly changed: readonly string[];
  /** Why it failed, or anything worth saying; empty otherwise. */
  readonly message: string;
  /** The last lines of output of an instance that failed. */
  readonly lastLines: readonly string[];
  readonly process: ProcessSnapshot;
}

/** Sent while a command works. `done` counts instances that arrived, `total` those it waits for. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  readonly name: string;
  readonly instance: number;
  readonly state: string;
}
