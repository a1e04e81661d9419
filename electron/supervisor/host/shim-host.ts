// The data plane behind a socket: finds the shim of this home or starts one, and replaces it when it dies. While it cannot be had it is
// tried again for ever, and the supervisor works on: it knows why, and says so.
import type { Timer } from '../../../shared/model/clock.ts';
import type { ClusterFigures, ClusterPlan } from '../../../shared/model/balancing.ts';
import { formatDuration } from '../../../shared/model/duration.ts';
import { errorMessage, Failure } from '../../../shared/model/failure.ts';
import type { HomePaths } from '../../../shared/model/home.ts';
import { isOlderVersion, ourIntroduction } from '../../../shared/model/shim-hello.ts';
import type { AddressProblem, FromShim, ListenManner, ShimChild, ToShim } from '../../../shared/model/shim-protocol.ts';
import type { Starter } from '../../../shared/model/starter.ts';
import { homeId } from '../../platform/home.ts';
import { isStopped } from '../../platform/process-identity.ts';
import { endChildren, endShim, type DirectEnd } from './end-directly.ts';
import { createHoldings, type Holdings } from './holdings.ts';
import { takeMessage } from './incoming.ts';
import { endLeftovers, readJournal } from './leftovers.ts';
import type { AnswerType, Away, DataPlane, HostEvent, Order, Question } from './process-host.ts';
import { createPulse, type Pulse } from './pulse.ts';
import { createQuestions } from './questions.ts';
import { joinShim, reachShim, stopped, type ReachOptions } from './reach-shim.ts';
import { retryPause } from './retry-pause.ts';
import type { ShimConnection } from './shim-connection.ts';

/** An idle shim that was told to end is gone by then. */
const dismissTimeoutMs = 5000;
/** A shim of an older build is replaced when it has held nothing for so long. */
const idleMs = 1000;

const endingWords = 'it was told to end (SIGTERM), and ends its services in order';

/** What is there when a shim was found. */
export interface Attached {
  readonly children: readonly ShimChild[];
  readonly clusters: readonly string[];
  /** It is a new one, and so many processes of the one before were ended; null: it was there already. */
  readonly ended: number | null;
}

export interface ShimHostOptions extends Omit<ReachOptions, 'onMessage'> {
  readonly onEvent: (event: HostEvent) => void;
  readonly onAttached: (attached: Attached) => void;
  /** It cannot be had, or not any more: nothing is known of its children. Called again with each try that fails. */
  readonly onAway: (reason: string) => void;
  readonly onTrouble: (message: string) => void;
  /** One of an older build may be replaced as soon as it holds nothing. */
  readonly mayReplace: () => boolean;
  /** How a supervisor like this one is started; null for one that nobody shall start. */
  readonly starter: Starter | null;
}

interface Link {
  readonly connection: ShimConnection;
  readonly plane: DataPlane;
  readonly holdings: Holdings;
  readonly pulse: Pulse;
}

export class ShimHost {
  private paths: HomePaths;
  private link: Link | null = null;
  private reason = 'the data plane has not been looked for yet';
  private occupied = false;
  private failures = 0;
  private attempt: Promise<void> | null = null;
  private retry: Timer | null = null;
  private idle: Timer | null = null;
  /** What came before the welcome was dealt with; null from then on. */
  private early: FromShim[] | null = [];
  private closing = false;
  private readonly questions;

  constructor(private readonly options: ShimHostOptions) {
    this.paths = options.paths;
    this.questions = createQuestions(options.clock, () => this.link?.connection ?? null);
  }

  get plane(): DataPlane | null {
    return this.link?.plane ?? null;
  }

  get away(): Away | null {
    return this.link === null ? { reason: this.reason, trying: this.attempt !== null, occupied: this.occupied } : null;
  }

  /** Tries to have a shim; resolves when that has ended, well or not. `onAttached` or `onAway` has been called then. */
  open(): Promise<void> {
    this.retry?.cancel();
    return (this.attempt ??= this.tryOnce());
  }

  /**
   * Connects to a shim that is there, or comes within `patienceMs`, and starts none; null when there is none. Its news waits for `accept`.
   * Throws a Failure when it is there and cannot be had.
   */
  async join(patienceMs: number): Promise<Attached | null> {
    this.early = [];
    const connection = await joinShim(this.reachOptions(), patienceMs);
    return connection === null ? null : this.hold(connection, null);
  }

  /** What it holds is known now: its news can be understood. */
  accept(): void {
    const early = this.early ?? [];
    this.early = null;
    for (const message of early) this.receive(message);
  }

  /** Makes sure that it answers, or that it is known not to. Without one, another try begins; that is not waited for. */
  async verify(): Promise<void> {
    if (this.link !== null) await this.link.pulse.check();
    else if (!this.closing) void this.open();
  }

  send(message: Order): void {
    if (message.type === 'shutdown' || message.type === 'release') this.closing = true;
    // Without a connection it is dropped: when a shim is there, what it holds is compared with what shall be.
    if (this.link === null) return;
    this.link.holdings.sent(message);
    this.link.connection.send(message);
    this.replaceWhenIdle();
  }

  async flush(request: Omit<Extract<ToShim, { type: 'flush' }>, 'type' | 'request'>): Promise<void> {
    const { error } = await this.ask('flushed', (number) => ({ type: 'flush', request: number, ...request }));
    if (error !== null) throw new Failure('failed', error);
  }

  async openCluster(plan: ClusterPlan, listen: ListenManner = 'now'): Promise<AddressProblem | null> {
    const manner = listen === 'now' ? {} : { listen };
    const { problem } = await this.ask('cluster-answer', (request) => ({ type: 'cluster', request, plan, ...manner }));
    if (problem === null) this.link?.holdings.opened(plan.name);
    return problem;
  }

  /** Another shim accepts for it from now on. Resolves when no client of this one may ask for more. */
  async leaveCluster(name: string): Promise<void> {
    await this.ask('cluster-answer', (request) => ({ type: 'leave-cluster', request, name }));
  }

  /** Has the shim start its own successor. Throws a Failure when that is impossible. */
  async raiseSuccessor(runtime: string, args: readonly string[]): Promise<void> {
    const { problem } = await this.ask('successor-answer', (request) => ({ type: 'raise-successor', request, runtime, args }));
    if (problem !== null) throw new Failure('failed', `the new data plane could not be started: ${problem}`);
  }

  /** It stands beside another one still, at an address of its own. */
  get isSuccessor(): boolean {
    return this.paths.shimSocket === this.paths.nextShimSocket;
  }

  /** It does not start a supervisor when this one is lost: the shim beside it does, which is of the newer build. */
  dropLaunch(): void {
    this.link?.connection.send({ type: 'release' });
  }

  /** Takes the place of the shim before it, which is gone. */
  promote(paths: HomePaths): void {
    this.send({ type: 'promote' });
    this.paths = paths;
  }

  async tryAddress(host: string, port: number): Promise<AddressProblem | null> {
    return (await this.ask('cluster-answer', (request) => ({ type: 'try-address', request, host, port }))).problem;
  }

  /** None without a shim. */
  async figures(names: readonly string[]): Promise<readonly ClusterFigures[]> {
    if (this.link === null) return [];
    return (await this.ask('figures', (request) => ({ type: 'figures', request, names }))).clusters;
  }

  /** Ends children without its help. Gives the ids of those of which nothing runs. */
  endChildren(children: readonly DirectEnd[]): Promise<ReadonlySet<string>> {
    return endChildren(this.options.clock, this.paths.shimJournal, children);
  }

  /** Ends the shim, whatever it takes. Resolves when it is gone. */
  async end(): Promise<void> {
    const { clock, known, spared } = this.options;
    this.closing = true;
    this.retry?.cancel();
    if (this.link === null) await endLeftovers(clock, await readJournal(this.paths.shimJournal), homeId(this.paths.home), known(), spared());
    await endShim(clock, this.paths, this.link?.connection ?? null);
  }

  /** Leaves the shim and its children as they are. */
  close(): void {
    this.closing = true;
    this.retry?.cancel();
    this.link?.pulse.stop();
    this.link?.connection.close();
  }

  private async ask<Type extends AnswerType>(type: Type, question: (number: number) => Question) {
    if (this.link === null) await this.attempt;
    if (this.away !== null) throw new Failure('failed', this.away.reason);
    return await this.questions.ask(type, question);
  }

  private async tryOnce(): Promise<void> {
    const reached = await this.reachNewest().catch((error: unknown) => {
      this.occupied = isOccupied(error);
      return errorMessage(error);
    });
    this.attempt = null;
    if (this.closing) {
      if (typeof reached !== 'string') reached.connection.close();
    } else if (typeof reached === 'string') {
      this.failures += 1;
      const pauseMs = retryPause(this.failures);
      this.retry = this.options.clock.after(pauseMs, () => void this.open());
      this.tellAway(`${reached}: next try in ${formatDuration(pauseMs)}`);
    } else {
      this.options.onAttached(this.hold(reached.connection, reached.ended));
      this.accept();
    }
  }

  /** One of an older build that holds nothing is replaced: nobody notices another one in its place. */
  private async reachNewest() {
    this.early = [];
    const reached = await reachShim(this.reachOptions());
    const { connection, ended } = reached;
    if (ended !== null || !this.options.mayReplace() || !isOlder(connection) || !createHoldings(connection.welcome).empty) return reached;
    connection.send({ type: 'shutdown' });
    await Promise.race([connection.closed, new Promise<void>((resolve) => this.options.clock.after(dismissTimeoutMs, resolve))]);
    this.early = [];
    return await reachShim(this.reachOptions());
  }

  private reachOptions(): ReachOptions {
    return { ...this.options, paths: this.paths, onMessage: (message) => this.receive(message) };
  }

  private hold(connection: ShimConnection, ended: number | null): Attached {
    const { welcome, introduction } = connection;
    const { pid, children, clusters } = welcome;
    const pulse = createPulse({
      clock: this.options.clock,
      ask: () => this.questions.ask('figures', (request) => ({ type: 'figures', request, names: [] })),
      isStopped: () => isStopped(pid),
      silent: (why) => this.lose(link, why === 'stopped' ? stopped(pid).message : `it (pid ${pid}) has not answered for some time`),
    });
    const plane = { pid, version: introduction.productVersion, older: isOlder(connection), features: new Set(introduction.features) };
    const link: Link = { connection, plane, holdings: createHoldings(welcome), pulse };
    this.link = link;
    this.failures = 0;
    const { starter } = this.options;
    if (starter !== null && plane.features.has('starter')) connection.send({ type: 'starter', ...starter });
    void connection.closed.then(() => this.lose(link, 'it is gone'));
    return { children, clusters, ended };
  }

  /** The connection is no use any more; another one is tried for at once. */
  private lose(link: Link, reason: string): void {
    if (this.link !== link) return;
    this.link = null;
    link.pulse.stop();
    link.connection.close();
    this.questions.abandon();
    if (this.closing) return;
    void this.open();
    this.tellAway(reason);
  }

  private tellAway(reason: string): void {
    this.reason = `the data plane cannot be reached: ${reason}`;
    this.options.onAway(this.reason);
  }

  /** Looks once more when what was just under way has settled. */
  private replaceWhenIdle(): void {
    const isIdle = (): boolean => this.link?.plane.older === true && this.link.holdings.empty && this.options.mayReplace() && !this.closing;
    if (!isIdle()) return;
    this.idle?.cancel();
    this.idle = this.options.clock.after(idleMs, () => {
      if (this.link === null || !isIdle()) return;
      this.link.connection.send({ type: 'shutdown' });
      this.lose(this.link, 'it is being replaced by a newer one');
    });
  }

  private receive(message: FromShim): void {
    if (this.early !== null || this.link === null) {
      this.early?.push(message);
      return;
    }
    this.link.holdings.received(message);
    const { onEvent, onTrouble, clock } = this.options;
    const { link } = this;
    const onEnding = (): void => {
      onTrouble(`the shim (pid ${link.plane.pid}) got SIGTERM: it ends its services in order, and another one brings them back`);
      this.lose(link, endingWords);
    };
    takeMessage(message, link.plane, { questions: this.questions, now: () => clock.now(), onEvent, onTrouble, onEnding });
  }
}

function isOccupied(error: unknown): boolean {
  return error instanceof Failure && typeof error.data === 'object' && error.data !== null && 'occupied' in error.data && error.data.occupied === true;
}

function isOlder({ introduction }: ShimConnection): boolean {
  return isOlderVersion(introduction.productVersion, ourIntroduction.productVersion);
}
