// One cluster: its listening socket, the instances behind it, and the front that brings the two together.
import { assertNever } from '../../../shared/model/assert-never.ts';
import type { BalancerMode, ClusterFigures, ClusterPlan } from '../../../shared/model/balancing.ts';
import type { Clock } from '../../../shared/model/clock.ts';
import type { ListenManner } from '../../../shared/model/shim-protocol.ts';
import type { RawConnection } from '../../platform/raw-connection.ts';
import type { Front, FrontOptions } from './front.ts';
import { createHandoffFront, type HandoffFront } from './handoff-front.ts';
import { createHttpFront } from './http/index.ts';
import type { InheritedSocket, InheritedSockets } from './inherited-sockets.ts';
import { openListener, type Listener } from './listener.ts';
import { Pool } from './pool.ts';
import type { Target } from './target.ts';
import { createTcpFront } from './tcp-front.ts';

export interface ClusterServices {
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: (text: string) => void;
  readonly inherited: InheritedSockets;
}

export class Cluster {
  readonly pool: Pool;
  readonly handoff: HandoffFront;
  private readonly fronts = new Map<BalancerMode, Front>();
  private listener: Listener | null = null;

  constructor(
    private plan: ClusterPlan,
    private readonly services: ClusterServices,
  ) {
    this.pool = new Pool(plan.mode, plan.strategy, services);
    this.handoff = createHandoffFront(this.frontOptions);
    this.fronts.set('handoff', this.handoff);
  }

  /** Listens as the plan says and takes its settings over. Rejects with the system error; everything is as before then. */
  async apply(plan: ClusterPlan, manner: ListenManner): Promise<void> {
    if (manner !== 'held' && (this.listener === null || !sameSocket(this.plan, plan))) await this.listen(plan, manner);
    this.plan = plan;
    this.pool.configure(plan.mode, plan.strategy, plan.queueTimeoutMs);
  }

  get isListening(): boolean {
    return this.listener !== null;
  }

  /** What children of a shared cluster inherit; null in the other modes. */
  get sharedFd(): number | null {
    return this.listener?.isShared === true ? this.listener.fd : null;
  }

  /** What it listens on, for another shim; null where there is nothing to give. */
  get socket(): InheritedSocket | null {
    const fd = this.listener?.fd ?? null;
    return fd === null ? null : { host: this.plan.host, port: this.plan.port, fd };
  }

  /** Connections that come out of nowhere, or back from an instance that did not take them. */
  accept(connection: RawConnection): void {
    this.front(this.pool.activeMode).accept(connection);
  }

  /** The target takes nothing new. */
  release(target: Target): void {
    this.pool.changed();
    this.front(target.mode).release(target);
  }

  cut(target: Target): number {
    return this.front(target.mode).cut(target);
  }

  remove(target: Target): void {
    this.pool.targets.delete(target);
    this.pool.changed();
    this.handoff.unlink(target);
  }

  figures(): ClusterFigures {
    const { name, mode, strategy, host, port } = this.plan;
    const now = this.services.clock.elapsed();
    const targets = [...this.pool.targets].map((one) => one.figures(now));
    return { name, mode, strategy, host, port, waiting: this.pool.waiting, targets };
  }

  /**
   * Another shim accepts from now on. Instances stay in service here until no client is left that could ask for more on a connection
   * that it has; resolves then.
   */
  async leave(): Promise<void> {
    this.listener?.close();
    this.listener = null;
    await Promise.all([...this.fronts.values()].map((front) => front.leave()));
  }

  /** Nothing new is accepted; what is open goes on for as long as its instance lives. */
  close(): void {
    this.listener?.close();
    this.listener = null;
    this.pool.close();
    for (const front of this.fronts.values()) front.close();
  }

  private get frontOptions(): FrontOptions {
    const { clock, log } = this.services;
    return { pool: this.pool, clock, log, limits: () => this.plan };
  }

  /** The new socket before the old one goes; on the same port the old one has to go first, and comes back if the new one cannot be had. */
  private async listen(plan: ClusterPlan, manner: ListenManner): Promise<void> {
    const before = this.listener;
    if (this.plan.port !== plan.port) {
      this.listener = await this.openSocket(plan, manner);
      before?.close();
      return;
    }
    before?.close();
    this.listener = null;
    try {
      this.listener = await this.openSocket(plan, manner);
    } catch (error) {
      if (before !== null) this.listener = await this.openSocket(this.plan, 'now');
      throw error;
    }
  }

  private openSocket(plan: ClusterPlan, manner: ListenManner): Promise<Listener> {
    return openListener(plan, manner, this.services.inherited, (connection) => this.accept(connection));
  }

  private front(mode: BalancerMode): Front {
    const known = this.fronts.get(mode);
    if (known !== undefined) return known;
    const front = this.createFront(mode);
    this.fronts.set(mode, front);
    return front;
  }

  private createFront(mode: BalancerMode): Front {
    switch (mode) {
      case 'handoff':
        return this.handoff;
      case 'http':
        return createHttpFront(this.frontOptions);
      case 'tcp':
        return createTcpFront(this.frontOptions);
      case 'shared':
        // Its connections never come here, but for one that an instance of another mode gives back.
        return { accept: (connection) => connection.close(), release: (target) => this.handoff.release(target), cut: () => 0, leave: async () => undefined, close: () => undefined };
      default:
        return assertNever(mode);
    }
  }
}

function sameSocket(a: ClusterPlan, b: ClusterPlan): boolean {
  return a.host === b.host && a.port === b.port && (a.mode === 'shared') === (b.mode === 'shared');
}
