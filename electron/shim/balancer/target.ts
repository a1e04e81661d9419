// One running instance as the balancer sees it: whether it takes traffic, and how much it has.
import type { BalancerMode, TargetFigures } from '../../../shared/model/balancing.ts';
import { afterFailure, healthy, isEjected, type Health } from './ejection.ts';
import { LatencyHistogram } from './latency.ts';

/** What a strategy may look at. */
export interface TargetView {
  /** Number of the instance: the same over reloads and restarts. */
  readonly instance: number;
  readonly weight: number;
  /** Open connections; in http mode requests under way. */
  readonly open: number;
  readonly requests: number;
  /** Percent of a core and resident bytes; null until the first sample. */
  readonly cpuPercent: number | null;
  readonly memoryBytes: number | null;
}

export interface TargetSeed {
  readonly id: string;
  readonly run: number;
  readonly instance: number;
  readonly mode: BalancerMode;
  /** Its own port on 127.0.0.1; 0 in shared mode. */
  readonly port: number;
}

export class Target implements TargetView {
  readonly id: string;
  readonly run: number;
  readonly instance: number;
  readonly mode: BalancerMode;
  readonly port: number;
  state: 'starting' | 'ready' | 'draining' = 'starting';
  weight = 1;
  open = 0;
  requests = 0;
  cut = 0;
  ejections = 0;
  cpuPercent: number | null = null;
  memoryBytes: number | null = null;
  private health: Health = healthy;
  private readonly latency = new LatencyHistogram();
  private whenEmpty: (() => void) | null = null;

  constructor(seed: TargetSeed) {
    this.id = seed.id;
    this.run = seed.run;
    this.instance = seed.instance;
    this.mode = seed.mode;
    this.port = seed.port;
  }

  takesTraffic(now: number): boolean {
    return this.state === 'ready' && !isEjected(this.health, now);
  }

  /** A connection, or in http mode a request, is its business from now on. */
  began(): void {
    this.open += 1;
    this.requests += 1;
  }

  ended(count = 1): void {
    this.open = Math.max(0, this.open - count);
    if (this.open === 0) this.empty();
  }

  /** What it was given is somebody else's after all: it had not begun with it. */
  handedOn(): void {
    this.requests -= 1;
    this.ended();
  }

  /** It could not be reached, or broke what it had begun. Gives how long it is left out because of that, in ms; 0 for not. */
  failed(now: number): number {
    const before = this.health.ejectedUntil;
    this.health = afterFailure(this.health, now);
    if (this.health.ejectedUntil === before) return 0;
    this.ejections += 1;
    return this.health.ejectedUntil - now;
  }

  /** It answers: earlier failures are forgotten. */
  succeeded(): void {
    this.health = healthy;
  }

  measured(latencyMs: number, now: number): void {
    this.latency.add(latencyMs, now);
  }

  /** Takes nothing new; `done` is called once, when nothing is open any more. */
  drain(done: () => void): void {
    this.state = 'draining';
    this.whenEmpty = done;
    if (this.open === 0) this.empty();
  }

  /** Somebody waits until nothing is open any more. */
  get isAwaited(): boolean {
    return this.whenEmpty !== null;
  }

  figures(now: number): TargetFigures {
    const seen = this.mode !== 'shared';
    return {
      id: this.id,
      run: this.run,
      instance: this.instance,
      state: this.state === 'ready' && isEjected(this.health, now) ? 'ejected' : this.state,
      weight: this.weight,
      open: seen ? this.open : null,
      requests: seen ? this.requests : null,
      p50Ms: this.latency.percentile(0.5, now),
      p99Ms: this.latency.percentile(0.99, now),
      ejections: this.ejections,
      cut: this.cut,
    };
  }

  private empty(): void {
    const done = this.whenEmpty;
    this.whenEmpty = null;
    done?.();
  }
}
