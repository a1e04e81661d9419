// Connections to instances that wait for their next request.
import type { Target } from '../target.ts';
import type { UpstreamConnection } from './upstream-connection.ts';

const maxIdlePerTarget = 128;
/** Node's server closes a connection after 5 s without a request: one that is used just then is lost. */
const usualIdleMs = 4000;
/** How long before the end that an instance announces its connection is given up. */
const marginMs = 1000;
const longestIdleMs = 60_000;

export class UpstreamPool {
  private readonly idle = new Map<Target, UpstreamConnection[]>();
  private readonly released = new WeakSet<Target>();

  get isEmpty(): boolean {
    return this.idle.size === 0;
  }

  /** The one that was used last, or null when there is none. */
  take(target: Target, now: number): UpstreamConnection | null {
    const ofTarget = this.idle.get(target);
    const connection = ofTarget?.pop();
    if (ofTarget === undefined || connection === undefined) return null;
    connection.whenUseless = null;
    if (connection.staleAt > now) return connection;
    // The others are older still, if they were to be kept equally long; if not, the sweep finds them.
    connection.destroy();
    return this.take(target, now);
  }

  /** `keepAliveSeconds`: how long the instance says that it keeps it; null when it does not say. */
  giveBack(connection: UpstreamConnection, now: number, keepAliveSeconds: number | null): void {
    const { target } = connection;
    const idleMs = keepAliveSeconds === null ? usualIdleMs : Math.min(longestIdleMs, keepAliveSeconds * 1000 - marginMs);
    const ofTarget = this.idle.get(target) ?? [];
    if (idleMs <= 0 || target.state !== 'ready' || this.released.has(target) || ofTarget.length >= maxIdlePerTarget) {
      connection.destroy();
      return;
    }
    connection.user = null;
    connection.isReused = true;
    connection.staleAt = now + idleMs;
    connection.whenUseless = () => this.remove(connection);
    connection.intake.settle();
    ofTarget.push(connection);
    if (ofTarget.length === 1) this.idle.set(target, ofTarget);
  }

  /** Nothing is kept towards it from now on. */
  release(target: Target): void {
    this.released.add(target);
    const ofTarget = this.idle.get(target) ?? [];
    this.idle.delete(target);
    for (const connection of ofTarget) connection.destroy();
  }

  /** Ends those that have waited for too long. */
  sweep(now: number): void {
    for (const [target, ofTarget] of this.idle) {
      const fresh = ofTarget.filter((one) => one.staleAt > now);
      for (const one of ofTarget) if (one.staleAt <= now) one.destroy();
      if (fresh.length === 0) this.idle.delete(target);
      else this.idle.set(target, fresh);
    }
  }

  close(): void {
    for (const ofTarget of this.idle.values()) for (const connection of ofTarget) connection.destroy();
    this.idle.clear();
  }

  private remove(connection: UpstreamConnection): void {
    const ofTarget = this.idle.get(connection.target);
    const index = ofTarget?.indexOf(connection) ?? -1;
    if (index >= 0) ofTarget?.splice(index, 1);
  }
}
