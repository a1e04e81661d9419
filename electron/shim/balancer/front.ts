// What takes accepted connections of a cluster and sees to it that an instance serves them: one implementation per mode.
import type { Clock } from '../../../shared/model/clock.ts';
import type { BalancerLimits } from '../../../shared/model/balancing.ts';
import type { RawConnection } from '../../platform/raw-connection.ts';
import type { Pool } from './pool.ts';
import type { Target } from './target.ts';

export interface Front {
  /** A connection was accepted; it is the front's from now on. */
  accept(connection: RawConnection): void;
  /** The target takes nothing new: what is kept idle towards it can go. */
  release(target: Target): void;
  /** Ends what is still open towards the target, and says how many connections or requests that were. */
  cut(target: Target): number;
  /** No more connections come, and clients are told to make new ones. Resolves when none is left that may ask for more. */
  leave(): Promise<void>;
  /** No more connections come. Those that are open go on; those that are idle end. */
  close(): void;
}

export interface FrontOptions {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly log: (text: string) => void;
  /** As they are now: they may change while connections are open. */
  readonly limits: () => BalancerLimits;
}
