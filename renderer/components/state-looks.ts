// How a state looks: the colour it has, and how states count together when somebody looks for trouble.
import type { ProcessState } from '../../shared/model/process-state.ts';

export type Tone = 'good' | 'busy' | 'warn' | 'bad' | 'idle';

export const stateTones: Readonly<Record<ProcessState, Tone>> = {
  online: 'good',
  waiting: 'busy',
  starting: 'busy',
  stopping: 'busy',
  backoff: 'warn',
  lost: 'warn',
  errored: 'bad',
  stopped: 'idle',
  exited: 'idle',
};

export const stateWords: Readonly<Record<ProcessState, string>> = {
  online: 'Online',
  waiting: 'Waiting',
  starting: 'Starting',
  stopping: 'Stopping',
  backoff: 'Backoff',
  lost: 'Lost',
  errored: 'Errored',
  stopped: 'Stopped',
  exited: 'Exited',
};

/** What the state means, for whoever meets the word for the first time. */
export const stateMeanings: Readonly<Record<ProcessState, string>> = {
  online: 'runs and is ready',
  waiting: 'waits for what it depends on',
  starting: 'runs, not ready yet',
  stopping: 'was asked to stop, and still runs',
  backoff: 'failed, and is tried again after a pause',
  lost: 'TSPM cannot reach its data plane; whether it runs is unknown',
  errored: 'failed too often; nothing happens until somebody starts it',
  stopped: 'does not run, and is not wanted to',
  exited: 'ended by itself, as it was to',
};
