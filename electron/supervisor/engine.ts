// The heart: the list of processes, their instances, and the wires between lifecycle, data plane and disk.
import type { HomePaths } from '../../shared/model/home.ts';
import type { ProcessSpec } from '../../shared/contract/spec.ts';
import type { Notice } from '../../shared/contract/reports.ts';
import type { Concerns, HostedProcess, HostEvent, ProcessHost } from './host/process-host.ts';
import { Clusters } from './cluster/clusters.ts';
import { EventHub } from './events/event-hub.ts';
import { createOwnPorts, type OwnPorts } from './cluster/own-ports.ts';
import { Turns } from './cluster/turns.ts';
import type { Child, InstanceSeed } from './lifecycle/child.ts';
import { Instance, type InstancePorts } from './lifecycle/instance.ts';
import { satisfaction, type Satisfaction } from './registry/dependencies.ts';
import { EnvironmentPool, type Environment } from './registry/environment.ts';
import { ProcessList } from './registry/process-list.ts';
import type { StoppableClock } from './stoppable-clock.ts';
import { paced } from './state/paced.ts';
import { maxNotices } from './state/status-file.ts';
import { createStatusStore, type StatusStore } from './state/status-store.ts';
import { takeStatus } from './take-status.ts';

const saveAgainMs = 1000;

export interface EngineOptions {
  readonly paths: HomePaths;
  readonly clock: StoppableClock;
  readonly random: () => number;
  /** Where TSPM's own remarks go. */
  readonly log: (message: string) => void;
  /** The file that Node programs of a cluster are started with. */
  readonly preload: string;
  /** What a new process inherits when the caller has nothing to give. */
  readonly environment: () => Promise<Environment>;
}

export class Engine {
  readonly list = new ProcessList();
  readonly store: StatusStore;
  readonly notices: Notice[] = [];
  readonly events = new EventHub();
  environments = new EnvironmentPool();
  /** Which inherited environment an instance starts with. */
  readonly inherited = new Map<Instance, string>();
  /** Names whose restart is under way: what depends on them waits, although they look ready still. */
  readonly held = new Set<string>();
  nextId = 0;
  /** Of commands that put new instances in the place of old ones. */
  readonly turns = new Turns();
  /** What the state file says that this version does not know. */
  kept: object = {};
  /** The list is that of the state file: from now on it may be written. */
  isRestored = false;
  /** See `Status`; null as soon as the list has been compared with all that runs: then it names every child. */
  namedUntil: number | null = 0;
  /** Writes what only reports, at most once in `saveAgainMs`. */
  readonly saveLater: () => void;
  readonly clusters: Clusters;
  readonly ownPorts: OwnPorts;
  /** Every instance there is, by its name in the data plane: those of the list, and those beside it during a reload. */
  private readonly hosted = new Map<string, Instance>();
  private readonly ports: InstancePorts;
  private readonly waiting = new Set<Instance>();
  private readonly listeners = new Set<(instance: Instance) => void>();
  private left = false;
  private releaseQueued = false;
  private attached: ProcessHost | null = null;

  constructor(
    readonly options: EngineOptions,
    createPorts: (engine: Engine) => InstancePorts,
  ) {
    this.ports = createPorts(this);
    this.clusters = new Clusters(() => this.host, options.clock, (message) => this.notice(message));
    this.store = createStatusStore({
      file: options.paths.status,
      reserve: options.paths.reserve,
      take: () => takeStatus(this),
      changed: (problem) => this.notice(problem === null ? 'the state is on disk again' : `${unsaved(problem)}, and it is tried again until it works`),
    });
    this.ownPorts = createOwnPorts(options.random());
    this.saveLater = paced(options.clock, saveAgainMs, () => {
      if (this.isRestored) this.saveSoon();
    });
  }

  get host(): ProcessHost {
    if (this.attached === null) throw new Error('the engine has no data plane yet');
    return this.attached;
  }

  attach(host: ProcessHost): void {
    this.attached = host;
  }

  createInstance(spec: ProcessSpec, number: number, seed: InstanceSeed, environment: string): Instance {
    const instance = new Instance(spec, number, seed, this.ports);
    this.hosted.set(instance.hostId, instance);
    this.inherited.set(instance, environment);
    this.tellOf(instance);
    return instance;
  }

  removeInstance(instance: Instance): void {
    instance.dispose();
    if (this.hosted.get(instance.hostId) === instance) this.hosted.delete(instance.hostId);
    this.waiting.delete(instance);
    this.inherited.delete(instance);
    this.closeUnwanted(instance.spec.name);
    this.tellOf(instance);
  }

  /** What the data plane calls by this name. */
  find(hostId: string): Instance | undefined {
    return this.hosted.get(hostId);
  }

  /** Those of the list, and those beside it during a reload. */
  everyInstance(): readonly Instance[] {
    return [...this.hosted.values()];
  }

  /** It is in the list; a successor of a reload is not, until it takes over. */
  isSeated(instance: Instance): boolean {
    return this.list.get(instance.spec.name)?.instances.includes(instance) === true;
  }

  /** A cluster of which nothing runs and nothing shall run gives its port back. */
  closeUnwanted(name: string): void {
    const wanted = this.everyInstance().some(({ spec, child, desired, life }) => spec.name === name && (child !== null || (desired === 'up' && life.state !== 'exited')));
    if (!wanted) this.clusters.close(name);
  }

  /** It waits for what it depends on. */
  hold(instance: Instance): void {
    this.waiting.add(instance);
  }

  /** Something that can be seen of the instance is different. */
  announce(instance: Instance): void {
    for (const listener of this.listeners) listener(instance);
    this.tellOf(instance);
    this.queueRelease();
  }

  private tellOf({ id, instance, spec }: Instance): void {
    this.events.touch({ id, instance, name: spec.name });
  }

  environmentOf(instance: Instance): Environment {
    return this.environments.get(this.inherited.get(instance) ?? '');
  }

  onChange(listener: (instance: Instance) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Why the newest state is not on disk, in words; empty when it is. */
  get unsaved(): string {
    return this.store.problem === null ? '' : unsaved(this.store.problem);
  }

  notice(message: string, about?: Notice['about']): void {
    const notice: Notice = { at: this.options.clock.now(), message, ...(about === undefined ? {} : { about }) };
    this.notices.push(notice);
    if (this.notices.length > maxNotices) this.notices.shift();
    this.events.tell({ type: 'notice', notice });
    this.options.log(message);
    this.saveLater();
  }

  /** News from the data plane. */
  receive(event: HostEvent): void {
    // What is not acknowledged is told to the next engine.
    if (this.left) return;
    if (event.type === 'drained') {
      this.clusters.drained(event.id, event.run, event.cut);
      return;
    }
    const instance = this.hosted.get(event.id);
    if (instance === undefined) {
      if (event.type === 'exited' || event.type === 'spawn-failed') this.host.send({ type: 'acknowledge', id: event.id, run: event.run });
      return;
    }
    switch (event.type) {
      case 'spawned':
        instance.spawned(event.run, event.pid, event.startTime, event.startedAt);
        return;
      case 'spawn-failed':
        instance.ended(event.run, { code: null, signal: null }, event.at, event.message);
        return;
      case 'exited':
        instance.ended(event.run, { code: event.code, signal: event.signal }, event.at);
        return;
      case 'announced':
        instance.hear(event.run, { listening: event.listening, ready: event.ready });
        return;
      case 'log-loss':
        instance.lostLog = { bytes: event.lostBytes, lines: event.lostLines };
        this.notice(`${event.id}: log output cannot be written (${event.reason}); ${event.lostBytes === 0 ? 'the newest is kept in memory' : `${event.lostLines} lines, ${event.lostBytes} bytes are lost so far`}`);
        return;
      case 'log-resumed':
        this.notice(`${event.id}: log output is written again`);
        return;
    }
  }

  /** A data plane cannot be reached: nobody knows what its children do, and none can be started there. */
  losePlane(reason: string, concerns: Concerns): void {
    this.clusters.forget();
    for (const one of this.everyInstance()) {
      const depends = one.child !== null || one.life.state === 'lost' || (one.desired === 'up' && one.life.state === 'stopped');
      if (depends && concerns(one.hostId, one.run)) one.lose(reason);
    }
  }

  /** Children that live as far as is known. */
  knownProcesses(): readonly HostedProcess[] {
    return this.everyInstance().flatMap(({ child, hostId }) => hosted(hostId, child));
  }

  /** The same, and those that lived when the data plane was lost. */
  rememberedProcesses(): readonly HostedProcess[] {
    return this.everyInstance().flatMap(({ child, lostChild, hostId }) => hosted(hostId, child ?? lostChild));
  }

  /** Whether every dependency of a process is met, or which one stands in the way. */
  dependencyState(spec: ProcessSpec): { readonly state: Satisfaction; readonly on: string } {
    let pending: string | null = null;
    for (const { name, condition } of spec.dependsOn) {
      const instances = this.list.get(name)?.instances ?? [];
      const states = instances.map((one) => satisfaction(one.life, one.pid !== null, condition));
      if (instances.length === 0 || states.includes('impossible')) return { state: 'impossible', on: name };
      if (this.held.has(name) || states.includes('pending')) pending ??= name;
    }
    return pending === null ? { state: 'satisfied', on: '' } : { state: 'pending', on: pending };
  }

  /** Looks again at everything that waits; once per turn, however much has changed. */
  queueRelease(): void {
    if (this.releaseQueued || this.waiting.size === 0) return;
    this.releaseQueued = true;
    queueMicrotask(() => {
      this.releaseQueued = false;
      for (const instance of this.waiting) {
        if (instance.life.state !== 'waiting') this.waiting.delete(instance);
        else if (this.dependencyState(instance.spec).state === 'satisfied') {
          this.waiting.delete(instance);
          instance.dispatch({ type: 'released' });
        }
      }
    });
  }

  /** Writes without anybody waiting for it. */
  saveSoon(): void {
    // It is refused only when the next engine is there already, which knows more than this one.
    this.store.save().catch(() => undefined);
  }

  /** Another engine takes over: this one arms no timer, writes no state and hears no news. With `save` the state of the moment is written. */
  async leave(save: boolean): Promise<void> {
    this.left = true;
    this.options.clock.stop();
    for (const instance of this.everyInstance()) instance.dispose();
    await this.store.close(save);
  }
}

function unsaved(problem: string): string {
  return `the newest state is not on disk yet (${problem}): it would be forgotten if the supervisor died now`;
}

function hosted(id: string, child: Child | null): readonly HostedProcess[] {
  return child === null || child.pid === null || child.startTime === null ? [] : [{ id, run: child.run, pid: child.pid, startTime: child.startTime }];
}
