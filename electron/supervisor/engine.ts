// The heart: the list of processes, their instances, and the wires between lifecycle, data plane and disk.
import type { Clock } from '../../shared/model/clock.ts';
import type { HomePaths } from '../../shared/model/home.ts';
import { errorMessage } from '../../shared/model/failure.ts';
import type { ProcessSpec } from '../../shared/contract/spec.ts';
import type { Notice } from '../../shared/contract/reports.ts';
import type { HostEvent, ProcessHost } from './host/process-host.ts';
import { Instance, type InstancePorts, type InstanceSeed } from './lifecycle/instance.ts';
import { portHolder } from '../platform/port-holder.ts';
import { processActivity } from '../platform/process-activity.ts';
import { whenGroupGone } from './lifecycle/process-group.ts';
import { portAccepts, watchPort, watchUptime } from './lifecycle/readiness.ts';
import { satisfaction, type Satisfaction } from './registry/dependencies.ts';
import { childEnvironment, EnvironmentPool, instancePort, type Environment } from './registry/environment.ts';
import { logTarget, pidFilePath } from './registry/instance-files.ts';
import { ProcessList } from './registry/process-list.ts';
import { createStatusStore, type StatusStore } from './state/status-store.ts';
import { statusVersion, type Status } from './state/status-file.ts';

const maxNotices = 50;

export interface EngineOptions {
  readonly paths: HomePaths;
  readonly clock: Clock;
  readonly random: () => number;
  /** Where TSPM's own remarks go. */
  readonly log: (message: string) => void;
}

export class Engine {
  readonly list = new ProcessList();
  readonly store: StatusStore;
  readonly notices: Notice[] = [];
  environments = new EnvironmentPool();
  /** Which inherited environment an instance starts with. */
  readonly inherited = new Map<Instance, string>();
  /** Names whose restart is under way: what depends on them waits, although they look ready still. */
  readonly held = new Set<string>();
  nextId = 0;
  private readonly waiting = new Set<Instance>();
  private readonly listeners = new Set<(instance: Instance) => void>();
  private releaseQueued = false;
  private attached: ProcessHost | null = null;

  constructor(readonly options: EngineOptions) {
    this.store = createStatusStore(options.paths.status, () => this.status());
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
    this.inherited.set(instance, environment);
    return instance;
  }

  removeInstance(instance: Instance): void {
    instance.dispose();
    this.waiting.delete(instance);
    this.inherited.delete(instance);
  }

  environmentOf(instance: Instance): Environment {
    return this.environments.get(this.inherited.get(instance) ?? '');
  }

  onChange(listener: (instance: Instance) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  notice(message: string): void {
    this.notices.push({ at: this.options.clock.now(), message });
    if (this.notices.length > maxNotices) this.notices.shift();
    this.options.log(message);
  }

  /** News from the data plane. */
  receive(event: HostEvent): void {
    const instance = this.list.find(event.id);
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
      case 'log-loss':
        instance.lostLog = { bytes: event.lostBytes, lines: event.lostLines };
        this.notice(`${event.id}: log output cannot be written (${event.reason}); ${event.lostBytes === 0 ? 'the newest is kept in memory' : `${event.lostLines} lines, ${event.lostBytes} bytes are lost so far`}`);
        return;
      case 'log-resumed':
        this.notice(`${event.id}: log output is written again`);
        return;
    }
  }

  /** Children that live as far as is known. */
  knownProcesses(): readonly { readonly pid: number; readonly startTime: string }[] {
    return this.list.instances().flatMap(({ child }) => (child === null || child.pid === null || child.startTime === null ? [] : [{ pid: child.pid, startTime: child.startTime }]));
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

  /** Writes without anybody waiting for it; trouble is reported. */
  saveSoon(): void {
    this.store.save().catch((error: unknown) => this.notice(errorMessage(error)));
  }

  private spawn(instance: Instance, run: number): void {
    const { spec } = instance;
    this.host.send({
      type: 'spawn',
      id: instance.key,
      run,
      command: spec.command,
      args: spec.args,
      cwd: spec.cwd,
      env: childEnvironment(this.environmentOf(instance), spec, instance.instance),
      logs: logTarget(this.options.paths, spec, instance.instance),
      pidFile: pidFilePath(this.options.paths, spec, instance.instance),
    });
  }

  /** Whoever listens there already would answer in the service's place, and be taken for it. */
  private async spawnOnFreePort(instance: Instance, run: number, port: number): Promise<void> {
    const taken = await portAccepts(port);
    const holder = taken ? await portHolder(port) : null;
    if (instance.child?.run !== run) return;
    const { clock } = this.options;
    const none = { code: null, signal: null };
    if (taken) instance.ended(run, none, clock.now(), `port ${port} is in use already${holder === null ? '' : ` by ${holder}`}`);
    else if (instance.life.state === 'starting') this.spawn(instance, run);
    else instance.ended(run, none, clock.now(), 'it was stopped before it was started');
  }

  private status(): Status {
    const processes = this.list.processes().map(({ spec, instances }) => ({
      spec,
      instances: instances.map((one) => ({
        id: one.id,
        instance: one.instance,
        desired: one.desired,
        run: one.run,
        restarts: one.restarts,
        environment: this.inherited.get(one) ?? '',
        ...(one.current === one.spec ? {} : { applied: one.current }),
        settled: one.life.state === 'exited' || one.life.state === 'errored' ? { state: one.life.state, reason: one.life.reason } : null,
      })),
    }));
    const environments = this.environments.keep(new Set(this.inherited.values()));
    return { version: statusVersion, nextId: this.nextId, environments, processes };
  }

  private readonly ports: InstancePorts = {
    clock: { now: () => this.options.clock.now(), after: (delayMs, run) => this.options.clock.after(delayMs, run) },
    random: () => this.options.random(),
    dependenciesReady: (instance) => {
      const ready = this.dependencyState(instance.spec).state === 'satisfied';
      if (!ready) this.waiting.add(instance);
      return ready;
    },
    spawn: (instance, run) => {
      const port = instancePort(instance.spec, instance.instance);
      if (port === null) this.spawn(instance, run);
      else void this.spawnOnFreePort(instance, run, port);
    },
    terminate: (instance, run, signal) => {
      this.host.send({ type: 'signal', id: instance.key, run, signal, scope: 'group' });
    },
    groupGone: (pid, mayWait, killTimeoutMs, done) => whenGroupGone(this.options.clock, pid, mayWait, killTimeoutMs, done),
    watchReadiness: (instance, ready, failed) => {
      const { clock } = this.options;
      const port = instancePort(instance.spec, instance.instance);
      const startedAt = instance.child?.startedAt ?? clock.now();
      if (port === null) return watchUptime(clock, startedAt, instance.spec.minUptimeMs, async () => (instance.pid === null ? null : processActivity(instance.pid)), ready);
      return watchPort(clock, port, instance.spec.readyTimeoutMs, ready, failed);
    },
    acknowledge: (instance, run) => this.host.send({ type: 'acknowledge', id: instance.key, run }),
    changed: (instance, before) => {
      const { state } = instance.life;
      if (before !== state && [before, state].some((one) => one === 'exited' || one === 'errored')) this.saveSoon();
      if (state === 'errored' && before !== 'errored') this.notice(`${instance.key}: ${instance.life.reason}`);
      for (const listener of this.listeners) listener(instance);
      this.queueRelease();
    },
  };
}
