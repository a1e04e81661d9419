// What the shim does while it has no supervisor: it starts one when the last was lost, and when it ends: when
// there is nothing to hold, or when nobody can reach it.
import type { Clock, Timer } from '../../shared/model/clock.ts';

/** A new shim waits this long for the supervisor that started it. */
const firstWaitMs = 10_000;
const lostMs = 2000;
const firstPauseMs = 5000;
const longestPauseMs = 60_000;
const idleMs = 30_000;
const checkMs = 5000;

export interface PresenceOptions {
  readonly clock: Clock;
  /** Starts a headless supervisor; null when the shim was told of none. */
  readonly launch: (() => void) | null;
  /** Children run, or an exit waits to be reported. */
  readonly busy: () => boolean;
  readonly leave: () => void;
  /** Of the socket: whether a supervisor can find this shim, and whether it would find another one. */
  readonly claim: () => 'ours' | 'missing' | 'taken';
  readonly abandon: () => void;
}

export class Presence {
  private readonly timers = new Set<Timer>();

  private supervised = false;

  constructor(private readonly options: PresenceOptions) {
    this.watchClaim();
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
    if (!released && launch !== null) this.later(lostMs, () => this.tryLaunch(launch, firstPauseMs));
  }

  private tryLaunch(launch: () => void, pauseMs: number): void {
    if (this.isLost()) return;
    launch();
    this.later(pauseMs, () => this.tryLaunch(launch, Math.min(longestPauseMs, pauseMs * 2)));
  }

  /** Without a supervisor nobody spawns, and an exit stays unreported: being idle now means being idle then. */
  private leaveWhenIdle(): void {
    if (this.options.busy()) return;
    this.later(idleMs, () => this.options.leave());
  }

  private watchClaim(): void {
    this.options.clock.after(checkMs, () => {
      if (!this.isLost()) this.watchClaim();
    });
  }

  /**
   * Somebody removed the home or its socket. Once another shim serves it, or nobody can come any more, what runs here
   * would be there twice or for ever.
   */
  private isLost(): boolean {
    const claim = this.options.claim();
    const lost = claim === 'taken' || (claim === 'missing' && !this.supervised);
    if (lost) this.options.abandon();
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
