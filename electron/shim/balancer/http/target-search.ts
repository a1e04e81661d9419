// Looks for an instance that serves one request: first among those that are ready, then it waits.
import type { Pool } from '../pool.ts';
import type { Target } from '../target.ts';
import type { RefusalStatus } from './problem.ts';

export interface SearchListener {
  /** Called before `next` returns, or later. */
  found(target: Target): void;
  /** There will be none. */
  refuse(status: RefusalStatus, why: string): void;
}

export class TargetSearch {
  private tried: Set<Target> | undefined;
  private takeWishBack: (() => void) | null = null;

  constructor(
    private readonly pool: Pool,
    private readonly address: string,
    private readonly listener: SearchListener,
  ) {}

  next(): void {
    const target = this.pool.pick(this.address, this.tried);
    if (target !== null) this.listener.found(target);
    // Who takes traffic but was tried already would be tried for ever.
    else if (this.tried !== undefined && this.pool.pick(this.address) !== null) this.unreachable();
    else this.wait();
  }

  /** It failed: it is not found again. */
  exclude(target: Target): void {
    this.tried ??= new Set();
    this.tried.add(target);
  }

  cancel(): void {
    this.takeWishBack?.();
    this.takeWishBack = null;
  }

  private wait(): void {
    let isAnswered = false;
    const takeWishBack = this.pool.whenReady(this.address, (target) => {
      isAnswered = true;
      this.takeWishBack = null;
      if (target === null) this.listener.refuse(503, 'no instance is ready');
      else if (this.tried?.has(target) === true) this.unreachable();
      else this.listener.found(target);
    });
    if (!isAnswered) this.takeWishBack = takeWishBack;
  }

  private unreachable(): void {
    this.listener.refuse(502, 'no instance could be reached');
  }
}
