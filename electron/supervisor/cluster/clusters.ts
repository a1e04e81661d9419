// The clusters of a supervisor: which are open in the data plane, and who of their instances gets traffic there.
import type { Clock } from '../../../shared/model/clock.ts';
import type { ClusterPlan } from '../../../shared/model/balancing.ts';
import { errorMessage, Failure } from '../../../shared/model/failure.ts';
import type { ProcessSpec } from '../../../shared/contract/spec.ts';
import type { UsageSample } from '../../../shared/model/shim-protocol.ts';
import type { ProcessHost } from '../host/process-host.ts';
import type { Instance } from '../lifecycle/instance.ts';
import { addressWords } from './address-words.ts';
import { clusterPlan, weightOf } from './plan.ts';

/** Beyond the time that the connections have. */
const drainPatienceMs = 5000;

export class Clusters {
  /** As the data plane has them; null for one that an earlier supervisor opened. */
  private readonly open = new Map<string, ClusterPlan | null>();
  /** One order after the other for each cluster. */
  private readonly queues = new Map<string, Promise<unknown>>();
  /** By child; several may wait for the same one. */
  private readonly drains = new Map<string, ((cut: number) => void)[]>();

  constructor(
    private readonly host: () => ProcessHost,
    private readonly clock: Clock,
    private readonly log: (message: string) => void,
  ) {}

  isOpen(name: string): boolean {
    return this.open.has(name);
  }

  /** The data plane has it open already: an earlier supervisor has done that. */
  found(name: string): void {
    this.open.set(name, null);
  }

  /** Opens the cluster of a process, or takes changed settings over. null, or why that is impossible; then all is as before. */
  async ensure(spec: ProcessSpec): Promise<string | null> {
    const plan = clusterPlan(spec);
    if (plan === null) return null;
    return this.inTurn(plan.name, () => this.apply(plan));
  }

  /** Throws a Failure when a cluster that is open could not move to where these specs want it. Nothing has changed then. */
  async check(specs: readonly ProcessSpec[]): Promise<void> {
    for (const plan of specs.map(clusterPlan)) {
      const before = plan === null ? undefined : this.open.get(plan.name);
      if (plan === null || before === undefined || before === null || (before.host === plan.host && before.port === plan.port)) continue;
      // On the port that is its own already only the address can be wrong.
      const problem = await this.host().tryAddress(plan.host, before.port === plan.port ? 0 : plan.port);
      if (problem !== null) throw new Failure('failed', `${plan.name}: ${await addressWords(problem, plan.host, plan.port)}. Nothing was changed.`);
    }
  }

  /** From now on the instance gets traffic. */
  admit(instance: Instance): void {
    if (clusterPlan(instance.current) === null) return;
    this.host().send({ type: 'admit', id: instance.hostId, run: instance.run, weight: weightOf(instance.spec, instance.instance) });
  }

  withdraw(instance: Instance): void {
    if (clusterPlan(instance.current) !== null) this.host().send({ type: 'withdraw', id: instance.hostId, run: instance.run });
  }

  /** Resolves with the number of connections that were ended by force, when none is left or the drain timeout is over. */
  drain(instance: Instance): Promise<number> {
    const { child, hostId, run, spec } = instance;
    if (child === null || child.pid === null || clusterPlan(instance.current) === null) return Promise.resolve(0);
    return new Promise((resolve) => {
      const key = drainKey(hostId, run);
      // The data plane keeps the time. Should its word never come, the reload that waits for it goes on all the same.
      const deadline = this.clock.after(spec.drainTimeoutMs + drainPatienceMs, () => this.drained(hostId, run, 0));
      const done = (cut: number): void => {
        deadline.cancel();
        resolve(cut);
      };
      this.drains.set(key, [...(this.drains.get(key) ?? []), done]);
      this.host().send({ type: 'drain', id: hostId, run, timeoutMs: spec.drainTimeoutMs });
    });
  }

  /** The data plane says so, or the instance has ended. */
  drained(hostId: string, run: number, cut: number): void {
    const key = drainKey(hostId, run);
    const waiting = this.drains.get(key) ?? [];
    this.drains.delete(key);
    for (const resolve of waiting) resolve(cut);
  }

  feed(samples: readonly UsageSample[]): void {
    if (samples.length > 0) this.host().send({ type: 'usage', samples });
  }

  close(name: string): void {
    if (!this.open.delete(name)) return;
    void this.inTurn(name, async () => this.host().send({ type: 'close-cluster', name })).catch((error: unknown) => this.log(`cluster ${name}: ${errorMessage(error)}`));
  }

  /** The same; resolves when the port is free. */
  async giveUp(name: string): Promise<void> {
    if (!this.open.has(name)) return;
    this.close(name);
    await this.queues.get(name);
    // Orders are carried out one after the other: with the answer to this one the other is done.
    await this.host().figures([]);
  }

  /** Another data plane: it has nothing open. */
  forget(): void {
    this.open.clear();
    for (const resolve of [...this.drains.values()].flat()) resolve(0);
    this.drains.clear();
  }

  /** An order that failed does not keep the next ones back. */
  private inTurn<Result>(name: string, order: () => Promise<Result>): Promise<Result> {
    const work = (this.queues.get(name) ?? Promise.resolve()).then(order);
    this.queues.set(name, work.catch(() => undefined));
    return work;
  }

  private async apply(plan: ClusterPlan): Promise<string | null> {
    const before = this.open.get(plan.name);
    if (before !== undefined && before !== null && JSON.stringify(before) === JSON.stringify(plan)) return null;
    try {
      const problem = await this.host().openCluster(plan);
      if (problem !== null) {
        // Whatever it is now: the next one asks again.
        if (before !== undefined) this.open.set(plan.name, null);
        return await addressWords(problem, plan.host, plan.port);
      }
      this.open.set(plan.name, plan);
      return null;
    } catch (error) {
      this.log(`cluster ${plan.name}: ${errorMessage(error)}`);
      return errorMessage(error);
    }
  }
}

function drainKey(hostId: string, run: number): string {
  return `${hostId}#${run}`;
}
