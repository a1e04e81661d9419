// The words of the lifecycle: what an instance is, what may happen to it, and what shall be done about it.
import type { Desired, ExitStatus } from '../../../shared/model/process-state.ts';

/** A state carries its data: outside the states that have a child there is no run to speak of. */
export type Life =
  | { readonly state: 'stopped' }
  | { readonly state: 'waiting' }
  | { readonly state: 'starting' }
  | { readonly state: 'online' }
  | { readonly state: 'stopping'; readonly desired: Desired; readonly cause: StopCause }
  | { readonly state: 'backoff'; readonly reason: string }
  | { readonly state: 'lost'; readonly reason: string }
  | { readonly state: 'exited'; readonly reason: string }
  | { readonly state: 'errored'; readonly reason: string };

/** `unready` counts as a failure when the child is gone, `command` does not. */
export type StopCause = 'command' | 'unready';

/** What to do after a child ended, decided by the restart policy. */
export type Decision =
  | { readonly next: 'backoff'; readonly delayMs: number; readonly reason: string }
  | { readonly next: 'exited'; readonly reason: string }
  | { readonly next: 'errored'; readonly reason: string };

export type LifeEvent =
  | { readonly type: 'start' }
  | { readonly type: 'stop' }
  | { readonly type: 'restart' }
  /** Every dependency is satisfied. */
  | { readonly type: 'released' }
  /** The child has its pid: only from now on can it become ready. */
  | { readonly type: 'spawned' }
  | { readonly type: 'ready' }
  | { readonly type: 'ready-timeout' }
  | { readonly type: 'kill-timeout' }
  | { readonly type: 'backoff-elapsed' }
  /** The child ended or could not be spawned. `desired` is the wish on disk at that moment. */
  | { readonly type: 'ended'; readonly decision: Decision; readonly desired: Desired }
  /** The data plane cannot be reached: nobody knows what the child does, or there is nobody to start one. */
  | { readonly type: 'lost'; readonly reason: string }
  /** The data plane is back, or another one has come: there is no child. */
  | { readonly type: 'missed'; readonly desired: Desired }
  /** A child that an earlier supervisor left running, or that was lost and is found again. */
  | { readonly type: 'adopted' };

export type Effect =
  | { readonly type: 'ask-dependencies' }
  | { readonly type: 'spawn' }
  /** Look for readiness; ends in `ready` or `ready-timeout`. */
  | { readonly type: 'watch-readiness' }
  /** Send the kill signal to the group and arm the kill timer. */
  | { readonly type: 'terminate' }
  | { readonly type: 'kill-group' }
  | { readonly type: 'arm-backoff'; readonly delayMs: number }
  | { readonly type: 'cancel-timers' }
  | { readonly type: 'reset-budget' };

export type Transition = readonly [next: Life, effects: readonly Effect[]];

export type LastExit = ExitStatus & { readonly at: number };
