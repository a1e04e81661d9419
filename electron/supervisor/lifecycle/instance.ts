// One mailbox per instance: events go through the table one after the other, effects are carried out here.
// The loop never waits for a child, so a command lands in any state.
import type { Clock, Timer } from '../../../shared/model/clock.ts';
import { describeExit, type Desired, type ExitStatus, type ProcessState } from '../../../shared/model/process-state.ts';
import type { ProcessSpec } from '../../../shared/contract/spec.ts';
import { hostId, instanceKey, type Announced, type Seat } from '../../../shared/model/shim-protocol.ts';
import { formatDuration } from '../../../shared/model/duration.ts';
import { assertNever } from '../../../shared/model/assert-never.ts';
import type { Child, InstanceSeed, Past } from './child.ts';
import type { Decision, Effect, LastExit, Life, LifeEvent } from './life.ts';
import { decide, type FailureHistory } from './restart-policy.ts';
import { transition } from './transition.ts';
import { unreadyReason } from './unready-reason.ts';

/** There is no more time to fail in the moments that are not on disk. */
const mostMissed = 100;

/** Of a child that has said nothing yet. */
const silent: Announced = { listening: false, ready: false };

/** How a child ended; `decision` is null when it was stopped on purpose. */
export interface Exited {
  readonly run: number;
  readonly exit: ExitStatus;
  readonly cause: string;
  readonly decision: Decision | null;
}

/** What an instance needs from the world around it. */
export interface InstancePorts {
  readonly clock: Clock;
  readonly random: () => number;
  /** True when every dependency is satisfied; if not, `release` is called later. */
  dependenciesReady(instance: Instance): boolean;
  spawn(instance: Instance, run: number): void;
  terminate(instance: Instance, run: number, signal: string): void;
  /** Calls `done` when no member of the child's process group is left; those that stay are killed. */
  groupGone(pid: number, mayWait: boolean, killTimeoutMs: number, done: () => void): void;
  watchReadiness(instance: Instance, ready: () => void, failed: () => void): Timer;
  acknowledge(instance: Instance, run: number): void;
  /** Its child has ended; told before what comes of it. */
  exited(instance: Instance, exited: Exited): void;
  /** Something that can be seen of the instance is different; `before` is its state until then. */
  changed(instance: Instance, before: ProcessState): void;
}

export class Instance {
  readonly id: number;
  desired: Desired;
  life: Life;
  child: Child | null = null;
  /** The child that it had when the data plane was lost. It may run still. */
  lostChild: Child | null = null;
  run: number;
  restarts: number;
  lastExit: LastExit | null = null;
  /** Bytes and lines of output that could not be kept. */
  lostLog = { bytes: 0, lines: 0 };
  /** What the child that lives was started with; the newest definition may be another one. */
  applied: ProcessSpec | null = null;
  /** What its child has said of itself. */
  announced: Announced = silent;
  /** How the last child that was not stopped on purpose ended, in words; empty before that. */
  lastFailure = '';
  /** It gets no traffic any more, and finishes what it has. */
  draining = false;
  /** Which of the two places in the data plane its children have. */
  readonly seat: Seat;
  /** Written back to the state file as it was read. */
  readonly kept: object;
  private onAnnounced: () => void = () => undefined;
  private history: FailureHistory;
  /** The run up to which the supervisor before has counted `restarts`; null once that is made up for. */
  private counted: number | null;
  private readonly mailbox: LifeEvent[] = [];
  private working = false;
  private disposed = false;
  private timers: Timer[] = [];

  constructor(
    /** The newest definition; takes effect with the next spawn. */
    public spec: ProcessSpec,
    readonly instance: number,
    seed: InstanceSeed,
    private readonly ports: InstancePorts,
  ) {
    this.id = seed.id;
    this.desired = seed.desired;
    this.run = seed.run;
    this.restarts = seed.restarts;
    this.life = seed.life;
    this.seat = seed.seat ?? 0;
    this.kept = seed.kept ?? {};
    this.history = seed.past?.failures ?? [];
    this.lastExit = seed.past?.lastExit ?? null;
    this.counted = seed.past?.counted ?? null;
  }

  /** The definition that holds at this moment: that of the child, or without one that of the next. */
  get current(): ProcessSpec {
    return this.child === null ? this.spec : (this.applied ?? this.spec);
  }

  get key(): string {
    return instanceKey(this.spec.name, this.instance);
  }

  /** What the data plane calls it. */
  get hostId(): string {
    return hostId(this.spec.name, this.instance, this.seat);
  }

  /** Of the child that lives; null without one, and until the data plane has answered the spawn. */
  get pid(): number | null {
    return this.child?.pid ?? null;
  }

  /** What the next supervisor should know. A spawn that is still to come is not counted again when it is a restart. */
  get past(): Past {
    const running = this.life.state === 'starting' || this.life.state === 'online';
    return { counted: running ? this.run : this.run + 1, failures: this.history, lastExit: this.lastExit };
  }

  /** A new supervisor brings it up as the one before would have: the failures until now still count. */
  resume(): void {
    const { history } = this;
    this.dispatch({ type: 'start' });
    this.history = history;
  }

  /** Nothing happens to an instance that was taken away. */
  dispatch(event: LifeEvent): void {
    if (this.disposed) return;
    this.mailbox.push(event);
    if (this.working) return;
    this.working = true;
    const before = this.life.state;
    try {
      for (let next = this.mailbox.shift(); next !== undefined; next = this.mailbox.shift()) this.handle(next);
    } finally {
      this.working = false;
    }
    this.ports.changed(this, before);
  }

  /** The data plane has spawned the child of this run. News of an older run is dropped. */
  spawned(run: number, pid: number, startTime: string, startedAt: number): void {
    if (this.child?.run !== run) return;
    this.child = { ...this.child, pid, startTime, startedAt, since: this.ports.clock.elapsed() };
    this.dispatch({ type: 'spawned' });
  }

  /** The port that this run is given for itself. */
  assignPort(run: number, ownPort: number): void {
    if (this.child?.run === run) this.child = { ...this.child, ownPort };
  }

  /** The child of this run says that it listens, or is ready. */
  hear(run: number, announced: Announced): void {
    if (this.child?.run !== run) return;
    this.announced = announced;
    this.onAnnounced();
  }

  /** Calls `look` now and with each announcement; one listener at a time. */
  whenAnnounced(look: () => void): void {
    this.onAnnounced = look;
    look();
  }

  /** A child left by an earlier supervisor, and what it was started with. */
  adopt(child: Child, announced: Announced, applied: ProcessSpec): void {
    this.applied = applied;
    this.announced = announced;
    this.makeUp(child);
    this.run = Math.max(this.run, child.run);
    this.child = child;
    this.lostChild = null;
    this.dispatch({ type: 'adopted' });
  }

  /** The child of this run has ended; `problem` when it could not be spawned at all. */
  ended(run: number, exit: ExitStatus, at: number, problem: string | null = null): void {
    const child = this.child;
    if (child === null || child.run !== run) {
      this.ports.acknowledge(this, run);
      return;
    }
    if (problem === null) this.lastExit = { ...exit, at };
    const ranForMs = this.ports.clock.elapsed() - child.since;
    const finish = (): void => {
      if (this.child?.run === run) this.finish(exit, at, ranForMs, problem);
    };
    if (child.pid === null || problem !== null) finish();
    else this.ports.groupGone(child.pid, this.life.state === 'stopping', this.spec.killTimeoutMs, finish);
  }

  /** The child of this run ended some time ago: its group's number may belong to somebody else by now, and is left alone. */
  endedUnseen(run: number, exit: ExitStatus, at: number): void {
    if (this.child?.run !== run) return;
    this.lastExit = { ...exit, at };
    this.finish(exit, at, this.ports.clock.elapsed() - this.child.since, null);
  }

  /** The data plane cannot be reached: what the child does is not known any more, or it cannot be started. */
  lose(reason: string): void {
    this.lostChild = this.child ?? this.lostChild;
    this.child = null;
    this.dispatch({ type: 'lost', reason });
  }

  /** The data plane is back, and no child of this instance lives. */
  missed(): void {
    this.lostChild = null;
    this.dispatch({ type: 'missed', desired: this.desired });
  }

  /** Forgets the restart counter and the failures. */
  reset(): void {
    this.restarts = 0;
    this.history = [];
    this.ports.changed(this, this.life.state);
  }

  dispose(): void {
    this.disposed = true;
    this.cancelTimers();
  }

  /** What was spawned in the last moments of the supervisor before, which it could not write down, was spawned because the run before failed. */
  private makeUp({ run, startedAt }: Child): void {
    const missed = this.counted === null ? 0 : Math.max(0, run - this.counted);
    this.counted = null;
    this.restarts += missed;
    this.history = [...this.history, ...Array.from({ length: Math.min(missed, mostMissed) }, () => startedAt)];
  }

  private finish(exit: ExitStatus, at: number, ranForMs: number, problem: string | null): void {
    const { run } = this;
    const unready = this.life.state === 'stopping' && this.life.cause === 'unready';
    const ending = { exit, at, ranForMs: Math.round(ranForMs), problem: unready ? unreadyReason(this.current, this.instance, this.child?.ownPort ?? 0) : problem };
    const { decision, history } = decide(this.spec, ending, this.history, this.ports.random);
    const asked = this.life.state === 'stopping' && !unready;
    this.ports.exited(this, { run, exit, cause: ending.problem ?? describeExit(exit), decision: asked ? null : decision });
    if (!asked) {
      this.history = history;
      this.lastFailure = ending.problem ?? `${describeExit(exit)} after ${formatDuration(ending.ranForMs)}`;
    }
    this.child = null;
    this.dispatch({ type: 'ended', decision, desired: this.desired });
    // After the spawn that may follow: a service that is down does not wait for book-keeping.
    this.ports.acknowledge(this, run);
  }

  private handle(event: LifeEvent): void {
    const before = this.life;
    const [next, effects] = transition(before, event);
    this.life = next;
    if (next.state === 'backoff' && before.state !== 'backoff') this.restarts += 1;
    for (const effect of effects) this.perform(effect);
  }

  private perform(effect: Effect): void {
    switch (effect.type) {
      case 'ask-dependencies':
        if (this.ports.dependenciesReady(this)) this.mailbox.push({ type: 'released' });
        return;
      case 'spawn':
        this.run += 1;
        this.counted = null;
        this.applied = this.spec;
        this.announced = silent;
        this.onAnnounced = () => undefined;
        this.child = { run: this.run, pid: null, startTime: null, startedAt: this.ports.clock.now(), since: this.ports.clock.elapsed(), ownPort: 0 };
        this.ports.spawn(this, this.run);
        return;
      case 'watch-readiness':
        this.timers.push(
          this.ports.watchReadiness(
            this,
            this.forRun(() => this.dispatch({ type: 'ready' })),
            this.forRun(() => this.dispatch({ type: 'ready-timeout' })),
          ),
        );
        return;
      case 'terminate':
        this.ports.terminate(this, this.run, this.spec.killSignal);
        this.arm(this.spec.killTimeoutMs, 'kill-timeout');
        return;
      case 'kill-group':
        this.ports.terminate(this, this.run, 'SIGKILL');
        return;
      case 'arm-backoff':
        if (effect.delayMs === 0) this.mailbox.push({ type: 'backoff-elapsed' });
        else this.arm(effect.delayMs, 'backoff-elapsed');
        return;
      case 'cancel-timers':
        this.cancelTimers();
        return;
      case 'reset-budget':
        this.history = [];
        return;
      default:
        assertNever(effect);
    }
  }

  private arm(delayMs: number, type: 'kill-timeout' | 'backoff-elapsed'): void {
    this.timers.push(this.ports.clock.after(delayMs, this.forRun(() => this.dispatch({ type }))));
  }

  /** A callback that does nothing once another run has begun. */
  private forRun(act: () => void): () => void {
    const run = this.run;
    return () => {
      if (this.run === run) act();
    };
  }

  private cancelTimers(): void {
    for (const timer of this.timers) timer.cancel();
    this.timers = [];
  }
}
