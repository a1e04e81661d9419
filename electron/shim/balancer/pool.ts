// The instances of one cluster, who gets the next connection, and who waits while nobody is ready.
import type { Clock, Timer } from '../../../shared/model/clock.ts';
import type { BalancerMode, BalancingStrategy } from '../../../shared/model/balancing.ts';
import { createStrategy, type Strategy } from './strategies/index.ts';
import type { Target } from './target.ts';

/** More than this do not wait: what comes then is refused at once. */
const maxWaiting = 1024;

const none: ReadonlySet<Target> = new Set();

interface Waiter {
  readonly client: string;
  readonly done: (target: Target | null) => void;
  readonly timer: Timer;
}

export interface PoolOptions {
  readonly clock: Clock;
  /** 0 ≤ x < 1. */
  readonly random: () => number;
}

export class Pool {
  readonly targets = new Set<Target>();
  private mode: BalancerMode;
  private strategyName: BalancingStrategy;
  private strategy: Strategy;
  private queueTimeoutMs = 0;
  private readonly waiters = new Set<Waiter>();
  /** Those that take traffic; null when somebody has to look again. */
  private cached: readonly Target[] | null = null;

  constructor(
    mode: BalancerMode,
    strategy: BalancingStrategy,
    private readonly options: PoolOptions,
  ) {
    this.mode = mode;
    this.strategyName = strategy;
    this.strategy = createStrategy(strategy, options.random);
  }

  get waiting(): number {
    return this.waiters.size;
  }

  configure(mode: BalancerMode, strategy: BalancingStrategy, queueTimeoutMs: number): void {
    this.mode = mode;
    this.queueTimeoutMs = queueTimeoutMs;
    if (strategy !== this.strategyName) {
      this.strategyName = strategy;
      this.strategy = createStrategy(strategy, this.options.random);
    }
    this.changed();
  }

  /** `client` is the address of the client. null when nobody but those in `tried` is ready. */
  pick(client: string, tried: ReadonlySet<Target> = none): Target | null {
    const ready = this.ready();
    const candidates = tried.size === 0 ? ready : ready.filter((one) => !tried.has(one));
    if (candidates.length < 2) return candidates[0] ?? null;
    return this.strategy(candidates, client);
  }

  /**
   * Calls `done` with an instance as soon as one is ready: at once, or when one comes. With null when none comes in time or too
   * many wait already. The returned function takes the wish back.
   */
  whenReady(client: string, done: (target: Target | null) => void): () => void {
    const target = this.pick(client);
    if (target !== null || this.waiters.size >= maxWaiting) {
      done(target);
      return () => undefined;
    }
    const timer = this.options.clock.after(this.queueTimeoutMs, () => {
      this.waiters.delete(waiter);
      done(null);
    });
    const waiter: Waiter = { client, done, timer };
    this.waiters.add(waiter);
    return () => {
      timer.cancel();
      this.waiters.delete(waiter);
    };
  }

  /** A target came, went, or takes traffic or not from now on. */
  changed(): void {
    this.cached = null;
    if (this.waiters.size === 0) return;
    for (const waiter of this.waiters) {
      const target = this.pick(waiter.client);
      if (target === null) return;
      waiter.timer.cancel();
      this.waiters.delete(waiter);
      waiter.done(target);
    }
  }

  /** The target could not be reached, or broke off. Who waits is served when its pause is over. */
  failed(target: Target): void {
    const { clock } = this.options;
    const pauseMs = target.failed(clock.elapsed());
    if (pauseMs > 0) clock.after(pauseMs, () => this.changed());
  }

  close(): void {
    for (const waiter of this.waiters) {
      waiter.timer.cancel();
      waiter.done(null);
    }
    this.waiters.clear();
  }

  /** The plan's, once an instance of it is ready; after a change of mode the instances of the old one serve until then. */
  get activeMode(): BalancerMode {
    return this.ready()[0]?.mode ?? this.mode;
  }

  private ready(): readonly Target[] {
    const now = this.options.clock.elapsed();
    this.cached ??= this.choosable();
    // Nearly always nobody is ejected, and the list is used as it is.
    return this.cached.every((one) => one.takesTraffic(now)) ? this.cached : this.cached.filter((one) => one.takesTraffic(now));
  }

  private choosable(): readonly Target[] {
    const ready = [...this.targets].filter((one) => one.state === 'ready').sort((a, b) => a.instance - b.instance);
    const mode = ready.some((one) => one.mode === this.mode) ? this.mode : ready[0]?.mode;
    return ready.filter((one) => one.mode === mode);
  }
}
