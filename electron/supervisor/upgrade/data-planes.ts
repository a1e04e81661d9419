// The data plane as the supervisor sees it: one shim, or two of them while one takes the place of the other. Whatever names a child goes
// to the shim that has it; new children of a process begin where the process is at home.
import type { ClusterFigures, ClusterPlan } from '../../../shared/model/balancing.ts';
import type { HomePaths } from '../../../shared/model/home.ts';
import { parseHostId, type AddressProblem } from '../../../shared/model/shim-protocol.ts';
import { successorPaths } from '../../../shared/model/succession.ts';
import type { DirectEnd } from '../host/end-directly.ts';
import type { Away, Concerns, DataPlane, HostedProcess, Order, ProcessHost } from '../host/process-host.ts';
import { ShimHost, type Attached, type ShimHostOptions } from '../host/shim-host.ts';

export interface DataPlanesOptions extends Omit<ShimHostOptions, 'known' | 'spared' | 'onAttached' | 'onAway' | 'mayReplace'> {
  readonly known: () => readonly HostedProcess[];
  readonly onAttached: (attached: Attached, concerns: Concerns) => void;
  readonly onAway: (reason: string, concerns: Concerns) => void;
}

export class DataPlanes implements ProcessHost {
  /** The one that is to go; null nearly always. */
  older: ShimHost | null = null;
  current: ShimHost;
  /** The one that is being started beside it. */
  raising: ShimHost | null = null;
  /** A user has ended everything: nothing is started any more. */
  isEnded = false;
  /** The older one has said which children and clusters it has. */
  private isOlderKnown = false;
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
    const { plane } = this.older ?? this.current;
    return plane === null || this.older === null ? plane : { ...plane, older: true };
  }

  /** While there are two, the trouble of either. */
  get away(): Away | null {
    return this.older?.away ?? this.current.away;
  }

  /** Says of each that cannot be had what is not known because of it. */
  tellAway(): void {
    for (const host of this.all()) if (host.away !== null) this.options.onAway(host.away.reason, (id, run) => this.holderOf(id, run) === host);
  }

  awayFor(name: string): Away | null {
    return this.homeOf(name).away;
  }

  /** Finds the shim of this home, or starts one; finds two where an upgrade was interrupted. Resolves when that was tried once. */
  async open(): Promise<void> {
    const next = this.create(successorPaths(this.options.paths));
    // One that is there and cannot be had at the moment has its children still.
    const ofNext = await next.join(0).catch(() => 'away' as const);
    if (ofNext === null) return this.current.open();
    const ofCurrent = await this.current.join(0).catch(() => 'away' as const);
    if (ofCurrent === null) {
      this.current = next;
    } else {
      if (ofCurrent !== 'away') this.hold(this.current, ofCurrent);
      this.stepBeside(next, ofCurrent !== 'away');
    }
    if (ofNext !== 'away') this.attached(next, ofNext);
    if (this.older !== null && ofCurrent !== null && ofCurrent !== 'away') this.attached(this.older, ofCurrent);
    await Promise.all([ofNext === 'away' ? next.open() : undefined, ofCurrent === 'away' ? this.older?.open() : undefined]);
  }

  /** From here on the shim that there was is the older one, and everything is at home in it that is not moved. */
  stepBeside(next: ShimHost, isOlderKnown = true): void {
    this.older = this.current;
    this.isOlderKnown = isOlderKnown;
    this.older.dropLaunch();
    this.current = next;
    for (const [child, holder] of this.holders) if (holder === this.older) this.homes.set(nameIn(child), this.older);
    for (const [name, listener] of this.listeners) if (listener === this.older) this.homes.set(name, this.older);
  }

  /** The older one is gone. */
  stepIn(): void {
    if (this.older !== null) this.forget(this.older, true);
    this.older = null;
    this.homes.clear();
    this.current.promote(this.options.paths);
  }

  create(paths: HomePaths): ShimHost {
    const { known, onAway } = this.options;
    const isHere = ({ id, run }: Pick<HostedProcess, 'id' | 'run'>): boolean => this.holderOf(id, run) === host;
    const host: ShimHost = new ShimHost({
      ...this.options,
      paths,
      known: () => known().filter(isHere),
      spared: () => new Set(known().filter((one) => !isHere(one)).map((one) => one.pid)),
      mayReplace: () => this.older === null && this.raising === null,
      onAttached: (attached) => this.attached(host, attached),
      onAway: (reason) => onAway(reason, (id, run) => isHere({ id, run })),
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
    return this.holders.get(childKey(id, run)) ?? this.homeOf(nameIn(id));
  }

  listensFor(name: string): ShimHost | undefined {
    return this.listeners.get(name);
  }

  /** Neither a child nor a cluster is left in it. */
  isEmpty(host: ShimHost): boolean {
    return ![...this.holders.values(), ...this.listeners.values()].includes(host);
  }

  send(order: Order): void {
    switch (order.type) {
      case 'spawn': {
        const home = this.homeOf(nameIn(order.id));
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
    const host = this.listeners.get(plan.name) ?? this.homeOf(plan.name);
    const problem = await host.openCluster(plan);
    if (problem === null) this.listeners.set(plan.name, host);
    return problem;
  }

  tryAddress(host: string, port: number): Promise<AddressProblem | null> {
    return this.current.tryAddress(host, port);
  }

  async figures(names: readonly string[]): Promise<readonly ClusterFigures[]> {
    const all = await Promise.all(this.all().toReversed().map(async (host) => ({ host, found: await host.figures(names) })));
    return names.flatMap((name) => {
      const parts = all.flatMap(({ host, found }) => found.filter((one) => one.name === name).map((figures) => ({ host, figures })));
      const main = parts.find(({ host }) => host === this.listeners.get(name)) ?? parts[0];
      return main === undefined ? [] : [{ ...main.figures, waiting: parts.reduce((sum, { figures }) => sum + figures.waiting, 0), targets: parts.flatMap(({ figures }) => figures.targets) }];
    });
  }

  async verify(): Promise<void> {
    await Promise.all(this.all().map((host) => host.verify()));
  }

  /** Of a child that neither of two knows, neither has one. */
  async endChildren(children: readonly DirectEnd[]): Promise<ReadonlySet<string>> {
    const ended = await Promise.all(this.all().map((host) => host.endChildren(children)));
    return new Set(children.map(({ id }) => id).filter((id) => ended.every((ids) => ids.has(id))));
  }

  async end(): Promise<void> {
    this.isEnded = true;
    await Promise.all([...this.all(), ...(this.raising === null ? [] : [this.raising])].map((host) => host.end()));
  }

  /** Leaves the shims and their children as they are. */
  close(): void {
    for (const host of this.all()) host.close();
  }

  /** What nobody has told of is in the older one, as long as that has not been heard. */
  private homeOf(name: string): ShimHost {
    return this.homes.get(name) ?? (this.older !== null && !this.isOlderKnown ? this.older : this.current);
  }

  private all(): readonly ShimHost[] {
    return this.older === null ? [this.current] : [this.older, this.current];
  }

  private toAll(order: Order): void {
    for (const host of this.all()) host.send(order);
  }

  /** What was in this shim before is compared with what is in it now. */
  private attached(host: ShimHost, attached: Attached): void {
    const before = new Map(this.holders);
    const concerns: Concerns = (id, run) => (before.get(childKey(id, run)) ?? this.homeOf(nameIn(id))) === host;
    this.forget(host, attached.ended !== null);
    this.hold(host, attached);
    this.options.onAttached(attached, concerns);
    if (host === this.older) {
      this.isOlderKnown = true;
      host.dropLaunch();
    }
    if (host === this.current && this.older === null && host.isSuccessor) host.promote(this.options.paths);
    host.accept();
  }

  private hold(host: ShimHost, { children, clusters }: Attached): void {
    for (const { id, run } of children) this.holders.set(childKey(id, run), host);
    for (const name of clusters) this.listeners.set(name, host);
    if (host !== this.older) return;
    for (const { id } of children) this.homes.set(nameIn(id), host);
    for (const name of clusters) this.homes.set(name, host);
  }

  /** `isNew`: another one is in its place, in which nothing is at home yet. */
  private forget(host: ShimHost, isNew: boolean): void {
    for (const [child, holder] of this.holders) if (holder === host) this.holders.delete(child);
    for (const [name, listener] of this.listeners) if (listener === host) this.listeners.delete(name);
    if (isNew) for (const [name, home] of this.homes) if (home === host) this.homes.delete(name);
  }
}

function childKey(id: string, run: number): string {
  return `${id}#${run}`;
}

/** Of a child's id, with its run or without. */
function nameIn(child: string): string {
  return parseHostId(child.split('#')[0] ?? '')?.name ?? child;
}
