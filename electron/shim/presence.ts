// What the shim does while it has no supervisor: it starts one when the last was lost, and when it ends: when
// there is nothing to hold, or when nobody can reach it.
import type { Clock, Timer } from '../../shared/model/clock.ts';
import type { DoorState } from './door.ts';

/** A new shim waits this long for the supervisor that started it. */
const firstWaitMs = 10_000;
const lostMs = 2000;
const firstPauseMs = 5000;
const longestPauseMs = 60_000;
const idleMs = 30_000;
const checkMs = 1000;
/** A home that was removed comes back within this time, or not at all. */
const goneMs = 4000;

export interface PresenceOptions {
  readonly clock: Clock;
  /** Starts a headless supervisor; null when the shim was told of none. */
  readonly launch: (() => void) | null;
  /** Children run, or an exit waits to be reported. */
  readonly busy: () => boolean;
  readonly leave: () => void;
  /** Whether a supervisor can find this shim. */
  readonly door: () => DoorState;
  readonly abandon: () => void;
}

export class Presence {
  private readonly timers = new Set<Timer>();

  private supervised = false;
  private stopped = false;
  private goneSince: number | null = null;

  constructor(private readonly options: PresenceOptions) {
    this.watchDoor();
    this.later(firstWaitMs, () => this.leaveWhenIdle());
  }

  connected(): void {
    this.supervised = true;
    this.cancelAll();
  }

  private cancelAll(): void {
    for (const timer of this.timers) timer.cancel();
    this.timers.clear();
  }

  /** `released`: the supervisor went on purpose and wants no successor. */
  disconnected(released: boolean): void {
    this.supervised = false;
    this.cancelAll();
    this.leaveWhenIdle();
    const { launch } = this.options;
    if (!released && launch !== null && !this.stopped) this.later(lostMs, () => this.tryLaunch(launch, firstPauseMs));
  }

  /** The shim ends: nobody is started for it any more. */
  stop(): void {
    this.stopped = true;
    this.cancelAll();
  }

  private tryLaunch(launch: () => void, pauseMs: number): void {
    if (this.isLost()) return;
    // In a home that is gone a supervisor would only make another one.
    if (this.goneSince === null) launch();
    this.later(pauseMs, () => this.tryLaunch(launch, Math.min(longestPauseMs, pauseMs * 2)));
  }

  /** Without a supervisor nobody spawns, and an exit stays unreported: being idle now means being idle then. */
  private leaveWhenIdle(): void {
    if (this.options.busy()) return;
    this.later(idleMs, () => this.options.leave());
  }

  private watchDoor(): void {
    this.options.clock.after(checkMs, () => {
      if (!this.stopped && !this.isLost()) this.watchDoor();
    });
  }

  /**
   * Once the home is gone, or another shim has services there, and nobody is connected, what runs here would run for ever, or be there
   * twice. With a supervisor it is looked after; but one that holds nothing leaves the home to the other in any case.
   */
  private isLost(): boolean {
    if (this.stopped) return true;
    const door = this.options.door();
    const now = this.options.clock.elapsed();
    this.goneSince = door === 'gone' ? (this.goneSince ?? now) : null;
    const isNeedless = door === 'taken' && !(this.supervised && this.options.busy());
    const lost = isNeedless || (!this.supervised && this.goneSince !== null && now - this.goneSince >= goneMs);
    if (lost) {
      this.stop();
      this.options.abandon();
    }
    return lost;
  }

  private later(delayMs: number, run: () => void): void {
    const timer = this.options.clock.after(delayMs, () => {
      this.timers.delete(timer);
      run();
    });
    this.timers.add(timer);
  }
}
