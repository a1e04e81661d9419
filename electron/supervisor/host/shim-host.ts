// The data plane behind a socket: finds the shim of this home or starts one, and replaces it when it dies.
import type { Clock } from '../../../shared/model/clock.ts';
import type { HomePaths } from '../../../shared/model/home.ts';
import { errorCode, errorMessage, Failure } from '../../../shared/model/failure.ts';
import { isOlderVersion, ourIntroduction } from '../../../shared/model/shim-hello.ts';
import type { AddressProblem, FromShim, ListenManner, ShimChild, ToShim } from '../../../shared/model/shim-protocol.ts';
import { successionMark } from '../../../shared/model/succession.ts';
import { startShim } from '../../platform/engine-process.ts';
import { homeId } from '../../platform/home.ts';
import { endLeftovers, journalledShimAlive, readJournal, type Journal, type KnownProcess } from './leftovers.ts';
import type { ClusterFigures, ClusterPlan } from '../../../shared/model/balancing.ts';
import { ageWords } from './older-plane.ts';
import { createQuestions } from './questions.ts';
import type { DataPlane, HostEvent, Order, ProcessHost } from './process-host.ts';
import { connectToShim, type ShimConnection } from './shim-connection.ts';

const startTimeoutMs = 10_000;
const firstPauseMs = 2;
const longestPauseMs = 10;

const hostEventTypes: ReadonlySet<string> = new Set(Object.keys({
  spawned: true,
  'spawn-failed': true,
  exited: true,
  announced: true,
  drained: true,
  'log-loss': true,
  'log-resumed': true,
} satisfies Record<HostEvent['type'], true>));

export interface ShimHostOptions {
  readonly paths: HomePaths;
  readonly clock: Clock;
  /** Arguments after the runtime that start a shim: flags, its file, its own arguments. */
  readonly shimCommand: readonly string[];
  readonly onEvent: (event: HostEvent) => void;
  /** Children known to the supervisor, for the search after a death. */
  readonly known: () => readonly KnownProcess[];
  /** Pids of the children of another shim, which are none of this one's leftovers. */
  readonly spared: () => ReadonlySet<number>;
  /** A new shim is there in place of one that died; every child of the old one is gone. */
  readonly onReplaced: (ended: number) => void;
  readonly onTrouble: (message: string) => void;
}

export class ShimHost implements ProcessHost {
  private connection: ShimConnection | null = null;
  private closing = false;
  private paths: HomePaths;
  private whenGone: () => void = () => undefined;
  private readonly questions;

  constructor(private readonly options: ShimHostOptions) {
    this.paths = options.paths;
    this.questions = createQuestions(options.clock, () => this.connection);
  }

  get plane(): DataPlane | null {
    if (this.connection === null) return null;
    const { welcome, introduction } = this.connection;
    const { productVersion: version, features } = introduction;
    return { pid: welcome.pid, version, older: isOlderVersion(version, ourIntroduction.productVersion), features: new Set(features) };
  }

  /** Connects to a shim that is there, or comes within `patienceMs`. null when there is none; then nothing is started. */
  async join(patienceMs: number): Promise<readonly ShimChild[] | null> {
    return (await this.attach(patienceMs))?.welcome.children ?? null;
  }

  /** Connects to the shim of this home, or starts one. Gives the children it holds. */
  async open(): Promise<readonly ShimChild[]> {
    const found = await this.attach(0);
    if (found !== null) return this.cleared(found.welcome.children);
    const journal = await readJournal(this.paths.shimJournal);
    if (await journalledShimAlive(journal)) {
      // It lives but does not listen yet, or is about to end.
      const late = await this.attach(2000);
      if (late !== null) return this.cleared(late.welcome.children);
    }
    await this.succeed(journal);
    return [];
  }

  send(message: Order): void {
    if (message.type === 'shutdown' || message.type === 'release') this.closing = true;
    // Without a connection the words are moot: the children they speak of are lost, and whoever is up is spawned anew.
    this.connection?.send(message);
  }

  async flush(request: Omit<Extract<ToShim, { type: 'flush' }>, 'type' | 'request'>): Promise<void> {
    const { error } = await this.questions.ask('flushed', (number) => ({ type: 'flush', request: number, ...request }));
    if (error !== null) throw new Failure('failed', error);
  }

  async openCluster(plan: ClusterPlan, listen: ListenManner = 'now'): Promise<AddressProblem | null> {
    const manner = listen === 'now' ? {} : { listen };
    return (await this.questions.ask('cluster-answer', (request) => ({ type: 'cluster', request, plan, ...manner }))).problem;
  }

  /** Another shim accepts for it from now on. Resolves when no client of this one may ask for more. */
  async leaveCluster(name: string): Promise<void> {
    await this.questions.ask('cluster-answer', (request) => ({ type: 'leave-cluster', request, name }));
  }

  /** Has the shim start its own successor. Throws a Failure when that is impossible. */
  async raiseSuccessor(runtime: string, args: readonly string[]): Promise<void> {
    const { problem } = await this.questions.ask('successor-answer', (request) => ({ type: 'raise-successor', request, runtime, args }));
    if (problem !== null) throw new Failure('failed', `the new data plane could not be started: ${problem}`);
  }

  /** Takes the place of the shim before it, which is gone. */
  promote(paths: HomePaths): void {
    this.send({ type: 'promote' });
    this.paths = paths;
  }

  /** Ends a shim that holds nothing any more. Resolves when it is gone. */
  end(): Promise<void> {
    return new Promise((resolve) => {
      this.whenGone = resolve;
      this.send({ type: 'shutdown' });
      if (this.connection === null) resolve();
    });
  }

  async tryAddress(host: string, port: number): Promise<AddressProblem | null> {
    return (await this.questions.ask('cluster-answer', (request) => ({ type: 'try-address', request, host, port }))).problem;
  }

  async figures(names: readonly string[]): Promise<readonly ClusterFigures[]> {
    return (await this.questions.ask('figures', (request) => ({ type: 'figures', request, names }))).clusters;
  }

  /** Clusters that the shim had open when it was found. */
  get openClusters(): readonly string[] {
    return this.connection?.welcome.clusters ?? [];
  }

  /** Leaves the shim and its children as they are. */
  close(): void {
    this.closing = true;
    this.connection?.close();
  }

  /** A shim without children may be the successor of one that died, started by a supervisor that died over it. */
  private async cleared(children: readonly ShimChild[]): Promise<readonly ShimChild[]> {
    if (children.every((child) => child.exit !== null)) await this.endLeftovers(null);
    return children;
  }

  private endLeftovers(journal: Journal | null): Promise<number> {
    const { clock, known, spared } = this.options;
    return endLeftovers(clock, journal, homeId(this.paths.home), known(), spared());
  }

  private receive(message: FromShim): void {
    switch (message.type) {
      case 'welcome':
      case 'refused':
        return;
      case 'flushed':
      case 'cluster-answer':
      case 'successor-answer':
      case 'figures':
        this.questions.answered(message);
        return;
      case 'not-understood':
        this.notUnderstood(message);
        return;
      default:
        // Of a type that this supervisor does not know: it is for a newer one.
        if (hostEventTypes.has(message.type)) this.options.onEvent(message);
    }
  }

  /** A shim of another version: what was asked of it fails, with its words. */
  private notUnderstood({ what, request, id, run, message }: Extract<FromShim, { type: 'not-understood' }>): void {
    const { plane } = this;
    const reason = plane === null ? message : `${ageWords(plane)}: ${message}; \`tspm upgrade\` replaces it`;
    if (request !== null) this.questions.refused(request, reason);
    else if (what === 'spawn' && id !== null && run !== null) this.options.onEvent({ type: 'spawn-failed', id, run, message: reason, at: this.options.clock.now() });
    else this.options.onTrouble(reason);
  }

  /** Tries to connect until `patienceMs` is over; null when nobody listens. */
  private async attach(patienceMs: number): Promise<ShimConnection | null> {
    const { clock } = this.options;
    const deadline = clock.elapsed() + patienceMs;
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(longestPauseMs, pauseMs * 2)) {
      try {
        this.connection = await connectToShim(this.paths.shimSocket, (message) => this.receive(message), () => this.lost());
        return this.connection;
      } catch (error) {
        const absent = ['ENOENT', 'ECONNREFUSED', 'EPIPE', 'ECONNRESET'].includes(errorCode(error) ?? '');
        if (clock.elapsed() >= deadline) {
          if (absent) return null;
          throw error;
        }
      }
      await new Promise<void>((resolve) => clock.after(pauseMs, resolve));
    }
  }

  private lost(): void {
    this.connection = null;
    this.questions.abandon();
    this.whenGone();
    if (this.closing) return;
    void this.replace().catch((error: unknown) => this.options.onTrouble(`the shim could not be replaced: ${errorMessage(error)}`));
  }

  private async replace(): Promise<void> {
    this.options.onReplaced(await this.succeed(await readJournal(this.paths.shimJournal)));
  }

  /**
   * Ends what a dead shim left, and starts a new one; it gets work only after that. Gives how many were ended.
   * Where no journal names children, probably nothing is left, and the new shim boots while that is made sure.
   */
  private async succeed(journal: Journal | null): Promise<number> {
    const { shimCommand, onTrouble } = this.options;
    const { paths } = this;
    const mark = paths.shimSocket === paths.nextShimSocket ? { [successionMark]: '[]' } : {};
    const start = (): void => startShim(paths, shimCommand, (error) => onTrouble(`the shim could not be started: ${errorMessage(error)}`), mark);
    if (journal === null) start();
    const ended = await this.endLeftovers(journal);
    if (journal !== null) start();
    if ((await this.attach(startTimeoutMs)) === null) {
      throw new Failure('failed', `the shim did not start within ${startTimeoutMs / 1000} s; see ${paths.shimLog}.`);
    }
    return ended;
  }
}
