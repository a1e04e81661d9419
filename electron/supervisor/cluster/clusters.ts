// The clusters of a supervisor: which are open in the data plane, and who of their instances gets traffic there.
import type { ClusterPlan } from '../../../shared/model/balancing.ts';
import { errorMessage, Failure } from '../../../shared/model/failure.ts';
import type { ProcessSpec } from '../../../shared/contract/spec.ts';
import type { UsageSample } from '../../../shared/model/shim-protocol.ts';
import type { ProcessHost } from '../host/process-host.ts';
import type { Instance } from '../lifecycle/instance.ts';
import { addressWords } from './address-words.ts';
import { clusterPlan, weightOf } from './plan.ts';

export class Clusters {
  /** As the data plane has them; null for one that an earlier supervisor opened. */
  private readonly open = new Map<string, ClusterPlan | null>();
  /** One order after the other for each cluster. */
  private readonly queues = new Map<string, Promise<unknown>>();
  /** By child; several may wait for the same one. */
  private readonly drains = new Map<string, ((cut: number) => void)[]>();

  constructor(
    private readonly host: () => ProcessHost,
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
    const work = (this.queues.get(plan.name) ?? Promise.resolve()).then(() => this.apply(plan));
    this.queues.set(plan.name, work);
    return work;
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
      this.drains.set(key, [...(this.drains.get(key) ?? []), resolve]);
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
    const work = (this.queues.get(name) ?? Promise.resolve()).then(() => this.host().send({ type: 'close-cluster', name }));
    this.queues.set(name, work);
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
