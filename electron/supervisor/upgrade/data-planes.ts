// The data plane as the supervisor sees it: one shim, or two of them while one takes the place of the other. Whatever names a child goes
// to the shim that has it; new children of a process begin where the process is at home.
import type { ClusterFigures, ClusterPlan } from '../../../shared/model/balancing.ts';
import type { HomePaths } from '../../../shared/model/home.ts';
import { parseHostId, type AddressProblem, type ShimChild } from '../../../shared/model/shim-protocol.ts';
import { successorPaths } from '../../../shared/model/succession.ts';
import type { DataPlane, HostedProcess, Order, ProcessHost } from '../host/process-host.ts';
import { ShimHost, type ShimHostOptions } from '../host/shim-host.ts';

export interface DataPlanesOptions extends Omit<ShimHostOptions, 'known' | 'spared' | 'onReplaced'> {
  readonly known: () => readonly HostedProcess[];
  /** A new shim is there in place of one that died. `wasThere`: whether a child was in that one; it is gone then. */
  readonly onReplaced: (ended: number, wasThere: (id: string, run: number) => boolean) => void;
}

export class DataPlanes implements ProcessHost {
  /** The one that is to go; null nearly always. */
  older: ShimHost | null = null;
  current: ShimHost;
  /** Children that are not acknowledged, by `childKey`. */
  private readonly holders = new Map<string, ShimHost>();
  /** Clusters by who listens for them. */
  private readonly listeners = new Map<string, ShimHost>();
  /** Processes whose new children do not begin in the current one. */
  private readonly homes = new Map<string, ShimHost>();

  constructor(private readonly options: DataPlanesOptions) {
    this.current = this.create(options.paths);
  }

  /** While there are two, the one that is to go: until it has gone the upgrade is not over. */
  get plane(): DataPlane | null {
    return (this.older ?? this.current).plane;
  }

  get openClusters(): readonly string[] {
    return [...this.listeners.keys()];
  }

  /** Finds the shim of this home, or starts one; finds two where an upgrade was interrupted. Gives the children that they hold. */
  async open(): Promise<readonly ShimChild[]> {
    const next = this.create(successorPaths(this.options.paths));
    const ofNext = await next.join(0);
    if (ofNext === null) return this.found(this.current, await this.current.open());
    const ofCurrent = await this.current.join(0);
    if (ofCurrent === null) {
      this.current = next;
      next.promote(this.options.paths);
      return this.found(next, ofNext);
    }
    this.found(this.current, ofCurrent);
    this.stepBeside(next);
    return [...ofCurrent, ...this.found(next, ofNext)];
  }

  /** From here on the shim that there was is the older one, and everything is at home in it that is not moved. */
  stepBeside(next: ShimHost): void {
    this.older = this.current;
    this.current = next;
    for (const [child, holder] of this.holders) if (holder === this.older) this.homes.set(nameIn(child), this.older);
    for (const [name, listener] of this.listeners) if (listener === this.older) this.homes.set(name, this.older);
  }

  /** The older one is gone. */
  stepIn(): void {
    this.older = null;
    this.homes.clear();
    this.current.promote(this.options.paths);
  }

  create(paths: HomePaths): ShimHost {
    const { known, onReplaced } = this.options;
    const isHere = ({ id, run }: Pick<HostedProcess, 'id' | 'run'>): boolean => this.holderOf(id, run) === host;
    const host: ShimHost = new ShimHost({
      ...this.options,
      paths,
      known: () => known().filter(isHere),
      spared: () => new Set(known().filter((one) => !isHere(one)).map((one) => one.pid)),
      onReplaced: (ended) => {
        onReplaced(ended, (id, run) => isHere({ id, run }));
        this.forget(host);
      },
    });
    return host;
  }

  setHome(name: string, host: ShimHost): void {
    if (host === this.current) this.homes.delete(name);
    else this.homes.set(name, host);
  }

  setListener(name: string, host: ShimHost): void {
    this.listeners.set(name, host);
  }

  holderOf(id: string, run: number): ShimHost {
    return this.holders.get(childKey(id, run)) ?? this.current;
  }

  isEmpty(host: ShimHost): boolean {
    return ![...this.holders.values()].includes(host);
  }

  send(order: Order): void {
    switch (order.type) {
      case 'spawn': {
        const home = this.homes.get(nameIn(order.id)) ?? this.current;
        this.holders.set(childKey(order.id, order.run), home);
        home.send(order);
        return;
      }
      case 'acknowledge':
        this.holderOf(order.id, order.run).send(order);
        this.holders.delete(childKey(order.id, order.run));
        return;
      case 'signal':
      case 'admit':
      case 'withdraw':
      case 'drain':
        this.holderOf(order.id, order.run).send(order);
        return;
      case 'close-cluster':
        this.listeners.delete(order.name);
        this.toAll(order);
        return;
      default:
        this.toAll(order);
    }
  }

  async flush(request: Parameters<ProcessHost['flush']>[0]): Promise<void> {
    await this.older?.flush(request);
    await this.current.flush(request);
  }

  async openCluster(plan: ClusterPlan): Promise<AddressProblem | null> {
    const host = this.listeners.get(plan.name) ?? this.homes.get(plan.name) ?? this.current;
    const problem = await host.openCluster(plan);
    if (problem === null) this.listeners.set(plan.name, host);
    return problem;
  }

  tryAddress(host: string, port: number): Promise<AddressProblem | null> {
    return this.current.tryAddress(host, port);
  }

  async figures(names: readonly string[]): Promise<readonly ClusterFigures[]> {
    const hosts = this.older === null ? [this.current] : [this.current, this.older];
    const all = await Promise.all(hosts.map(async (host) => ({ host, found: await host.figures(names) })));
    return names.flatMap((name) => {
      const parts = all.flatMap(({ host, found }) => found.filter((one) => one.name === name).map((figures) => ({ host, figures })));
      const main = parts.find(({ host }) => host === this.listeners.get(name)) ?? parts[0];
      return main === undefined ? [] : [{ ...main.figures, waiting: parts.reduce((sum, { figures }) => sum + figures.waiting, 0), targets: parts.flatMap(({ figures }) => figures.targets) }];
    });
  }

  /** Leaves the shims and their children as they are. */
  close(): void {
    this.older?.close();
    this.current.close();
  }

  private toAll(order: Order): void {
    this.older?.send(order);
    this.current.send(order);
  }

  private found(host: ShimHost, children: readonly ShimChild[]): readonly ShimChild[] {
    for (const { id, run } of children) this.holders.set(childKey(id, run), host);
    for (const name of host.openClusters) this.listeners.set(name, host);
    return children;
  }

  private forget(host: ShimHost): void {
    for (const [child, holder] of this.holders) if (holder === host) this.holders.delete(child);
    for (const [name, listener] of this.listeners) if (listener === host) this.listeners.delete(name);
    for (const [name, home] of this.homes) if (home === host) this.homes.delete(name);
  }
}

function childKey(id: string, run: number): string {
  return `${id}#${run}`;
}

/** Of a child's id, with its run or without. */
function nameIn(child: string): string {
  return parseHostId(child.split('#')[0] ?? '')?.name ?? child;
}
