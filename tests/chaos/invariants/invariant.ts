// What has to hold. `during` sees every observation of a run; `after` judges when everything has come to rest.
import type { Load } from '../load.ts';
import type { Observation } from '../observer.ts';
import type { World } from '../world.ts';

export interface Outcome {
  /** When all faults were over and all services had come back. */
  readonly rest: Observation;
  readonly load: Load;
  /** Descriptors of supervisor and shim before the first fault. */
  readonly descriptors: Descriptors;
}

export interface Descriptors {
  readonly supervisor: number;
  readonly shim: number;
}

export interface Invariant {
  readonly name: string;
  during?(world: World, observation: Observation): void | Promise<void>;
  after?(world: World, outcome: Outcome): void | Promise<void>;
}
