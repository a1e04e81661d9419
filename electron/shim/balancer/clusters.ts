// All clusters of the home: carries out what the supervisor says of them, and follows the children that belong to them.
import type { ChildProcess } from 'node:child_process';
import { assertNever } from '../../../shared/model/assert-never.ts';
import { errorCode, errorMessage } from '../../../shared/model/failure.ts';
import type { AddressProblem, FromShim, Membership, ToShim } from '../../../shared/model/shim-protocol.ts';
import { listenRaw, type RawConnection } from '../../platform/raw-connection.ts';
import { Cluster, type ClusterServices } from './cluster.ts';
import { openLink } from './handoff-link.ts';
import type { InheritedSocket } from './inherited-sockets.ts';
import { Target } from './target.ts';

export type ClusterOrder = Extract<ToShim, { type: 'cluster' | 'try-address' | 'leave-cluster' | 'close-cluster' | 'admit' | 'withdraw' | 'drain' | 'usage' | 'figures' }>;

export interface ClustersOptions extends ClusterServices {
  readonly send: (message: FromShim) => void;
}

interface Member {
  readonly cluster: Cluster;
  readonly target: Target;
}

export class Clusters {
  private readonly byName = new Map<string, Cluster>();
  private readonly members = new Map<string, Member>();

  constructor(private readonly options: ClustersOptions) {}

  /** Those that listen. */
  get names(): readonly string[] {
    return [...this.byName].flatMap(([name, cluster]) => (cluster.isListening ? [name] : []));
  }

  /** What the clusters listen on, for another shim. */
  get sockets(): readonly InheritedSocket[] {
    return [...this.byName.values()].flatMap((one) => one.socket ?? []);
  }

  obey(order: ClusterOrder): void {
    switch (order.type) {
      case 'cluster':
        void this.answer(order.request, this.open(order));
        return;
      case 'try-address':
        void this.answer(order.request, listenRaw({ host: order.host, port: order.port }, (connection) => connection.close()).then((listener) => listener.close()));
        return;
      case 'leave-cluster':
        void this.answer(order.request, this.byName.get(order.name)?.leave() ?? Promise.resolve());
        return;
      case 'close-cluster':
        this.byName.get(order.name)?.close();
        this.byName.delete(order.name);
        return;
      case 'admit':
        this.admit(order.id, order.run, order.weight);
        return;
      case 'withdraw':
        this.withMember(order.id, order.run, ({ cluster, target }) => {
          target.state = 'draining';
          cluster.pool.changed();
        });
        return;
      case 'drain':
        this.drain(order.id, order.run, order.timeoutMs);
        return;
      case 'usage':
        for (const { id, run, cpuPercent, memoryBytes } of order.samples) this.withMember(id, run, ({ target }) => Object.assign(target, { cpuPercent, memoryBytes }));
        return;
      case 'figures':
        this.options.send({ type: 'figures', request: order.request, clusters: order.names.flatMap((name) => this.byName.get(name)?.figures() ?? []) });
        return;
      default:
        assertNever(order);
    }
  }

  /** The listening socket for a child of this cluster, in shared mode. */
  sharedFd(name: string): number | null {
    return this.byName.get(name)?.sharedFd ?? null;
  }

  /** A child of a cluster runs. It gets no traffic yet. */
  joined(id: string, run: number, member: Membership, child: ChildProcess, announced: (what: { listening?: true; ready?: true }) => void): void {
    const cluster = this.byName.get(member.cluster);
    if (cluster === undefined) return;
    const target = new Target({ id, run, ...member });
    cluster.pool.targets.add(target);
    this.members.set(key(id, run), { cluster, target });
    if (child.channel !== undefined && child.channel !== null) {
      const returned = (connection: RawConnection): void => {
        // Were it not counted as a failure, a program that has closed its server would be asked for ever.
        cluster.pool.failed(target);
        cluster.accept(connection);
      };
      cluster.handoff.link(target, openLink(child, target, { announced, returned }));
    }
  }

  left(id: string, run: number): void {
    this.withMember(id, run, ({ cluster, target }) => {
      this.members.delete(key(id, run));
      cluster.remove(target);
      // Whoever waits for it to be drained waits no longer.
      target.ended(target.open);
    });
  }

  close(): void {
    for (const cluster of this.byName.values()) cluster.close();
    this.byName.clear();
    this.options.inherited.close();
  }

  private async open({ plan, listen = 'now' }: Extract<ClusterOrder, { type: 'cluster' }>): Promise<void> {
    const known = this.byName.get(plan.name);
    const cluster = known ?? new Cluster(plan, this.options);
    await cluster.apply(plan, listen);
    if (known === undefined) this.byName.set(plan.name, cluster);
  }

  private async answer(request: number, work: Promise<void>): Promise<void> {
    const problem = await work.then(() => null, toProblem);
    this.options.send({ type: 'cluster-answer', request, problem });
  }

  private admit(id: string, run: number, weight: number): void {
    this.withMember(id, run, ({ cluster, target }) => {
      target.weight = weight;
      target.state = 'ready';
      cluster.pool.changed();
    });
  }

  private drain(id: string, run: number, timeoutMs: number): void {
    const member = this.members.get(key(id, run));
    if (member === undefined) {
      this.options.send({ type: 'drained', id, run, cut: 0 });
      return;
    }
    const { cluster, target } = member;
    if (target.state === 'draining' && target.isAwaited) return;
    const timer = this.options.clock.after(timeoutMs, () => {
      // What is cut ends at once: it is counted before it can be told.
      target.drain(() => undefined);
      target.cut = cluster.cut(target);
      this.options.send({ type: 'drained', id, run, cut: target.cut });
    });
    target.state = 'draining';
    cluster.release(target);
    target.drain(() => {
      timer.cancel();
      this.options.send({ type: 'drained', id, run, cut: 0 });
    });
  }

  private withMember(id: string, run: number, act: (member: Member) => void): void {
    const member = this.members.get(key(id, run));
    if (member !== undefined) act(member);
  }
}

function toProblem(error: unknown): AddressProblem {
  return { code: errorCode(error) ?? '', message: errorMessage(error) };
}

function key(id: string, run: number): string {
  return `${id}#${run}`;
}
