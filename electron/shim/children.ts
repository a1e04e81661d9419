// The table of children: each run from its spawn until its exit is acknowledged.
import type { ChildProcess } from 'node:child_process';
import type { Clock } from '../../shared/model/clock.ts';
import { atMost } from '../../shared/model/at-most.ts';
import { errorMessage } from '../../shared/model/failure.ts';
import type { ExitStatus } from '../../shared/model/process-state.ts';
import type { Announced, FromShim, Membership, ShimChild, SignalScope, SpawnRequest, StopManner } from '../../shared/model/shim-protocol.ts';
import { guardChannel } from '../platform/child-channel.ts';
import { processStartTime, processStartTimeSync } from '../platform/process-identity.ts';
import { sendSignal } from '../platform/send-signal.ts';
import { openLink } from './balancer/handoff-link.ts';
import type { Outputs } from './outputs.ts';
import type { SmallFiles } from './small-files.ts';
import { spawnChild, type RunningChild } from './spawn-child.ts';

/** An exit is reported this much later at the most, when a disk does not take the last lines at once. */
const lastLinesMs = 250;

/** What the journal says of a living child. */
export type JournalledChild = Pick<Entry, 'id' | 'run' | 'pid' | 'startTime' | 'pidFile'>;

/** For a supervisor that does not say: the defaults of a config. */
const defaultStop: StopManner = { signal: 'SIGTERM', timeoutMs: 5000 };

interface Entry {
  readonly id: string;
  readonly run: number;
  readonly pid: number;
  readonly startedAt: number;
  /** The same by `clock.elapsed`. */
  readonly since: number;
  readonly pidFile: string;
  readonly member: Membership | null;
  readonly stop: StopManner;
  startTime: string;
  /** The supervisor knows its pid. */
  reported: boolean;
  announced: Announced;
  exit: (ExitStatus & { readonly at: number }) | null;
  /** Until its exit. */
  ranForMs: number | null;
  /** No process of the group is left: its number may belong to a stranger soon. */
  groupGone: boolean;
}

/** Where children that belong to a cluster are made known. */
export interface Balancing {
  sharedFd(cluster: string): number | null;
  joined(id: string, run: number, member: Membership, child: ChildProcess, announced: (what: Partial<Announced>) => void): void;
  left(id: string, run: number): void;
}

export interface ChildrenOptions {
  readonly homeId: string;
  readonly clock: Clock;
  readonly outputs: Outputs;
  /** Pid files. */
  readonly smallFiles: SmallFiles;
  /** null until there is a cluster. */
  readonly balancing: () => Balancing | null;
  readonly send: (message: FromShim) => void;
  readonly log: (text: string) => void;
  /** The set of living children is another one. */
  readonly onChange: () => void;
}

export class Children {
  private readonly entries = new Map<string, Entry>();
  private ending = false;

  constructor(private readonly options: ChildrenOptions) {}

  /** The answer leaves as soon as there is a pid; everything that touches the disk comes after it. */
  spawn(request: SpawnRequest): void {
    const { id, run } = request;
    const { clock, outputs, send, homeId } = this.options;
    const fail = (message: string): void => send({ type: 'spawn-failed', id, run, message, at: clock.now() });
    const earlier = this.running().find((entry) => entry.id === id);
    if (earlier !== undefined) {
      fail(`run ${earlier.run} of ${id} still runs (pid ${earlier.pid}); a second copy is not started`);
      return;
    }
    const { member } = request;
    const output = outputs.take(id);
    const socket = member?.mode === 'shared' ? (this.options.balancing()?.sharedFd(member.cluster) ?? null) : null;
    const child = spawnChild(request, { output: output.stdio(), socket, homeId }, (message) => {
      if (!this.running().some((entry) => entry.id === id)) outputs.idle(id);
      fail(message);
    });
    if (child === null) return;
    const entry: Entry = {
      id,
      run,
      pid: child.pid,
      pidFile: request.pidFile,
      startedAt: clock.now(),
      since: clock.elapsed(),
      startTime: processStartTimeSync(child.pid) ?? '',
      member,
      stop: request.stop ?? defaultStop,
      reported: false,
      announced: { listening: false, ready: false },
      exit: null,
      ranForMs: null,
      groupGone: false,
    };
    this.entries.set(key(id, run), entry);
    this.reportWhenKnown(entry);
    this.watch(entry, child);
    if (request.channel) guardChannel(child.process, (why) => this.options.log(`${id} (pid ${entry.pid}): ${why}; its channel is closed`));
    this.listenTo(entry, child.process, request.channel);
    output.begin(request.logs, child.process);
    this.writePidFile(entry.pidFile);
    this.options.onChange();
  }

  /** Reaches the group also after its leader's death, for as long as the run is known. */
  signal(id: string, run: number, signal: string, scope: SignalScope): void {
    const entry = this.entries.get(key(id, run));
    if (entry === undefined || entry.groupGone) return;
    if (scope === 'process' && entry.exit !== null) return;
    const result = sendSignal(entry.pid, signal, scope);
    if (result === 'denied') this.options.log(`${signal} to ${id} (pid ${entry.pid}) was denied`);
    if (result === 'gone' && entry.exit !== null) entry.groupGone = true;
  }

  acknowledge(id: string, run: number): void {
    const entry = this.entries.get(key(id, run));
    if (entry !== undefined && entry.exit !== null) this.entries.delete(key(id, run));
  }

  /** To each its own signal, and SIGKILL to what is left of it after its time. */
  endInOrder(): void {
    for (const { id, run, stop } of this.running()) {
      this.signal(id, run, stop.signal, 'group');
      this.options.clock.after(stop.timeoutMs, () => this.signal(id, run, 'SIGKILL', 'group'));
    }
  }

  /** SIGKILL for everything that is left of every known run. */
  killAll(): void {
    this.ending = true;
    for (const { id, run } of this.entries.values()) this.signal(id, run, 'SIGKILL', 'group');
  }

  list(): readonly ShimChild[] {
    const now = this.options.clock.elapsed();
    return [...this.entries.values()].map(({ id, run, pid, startTime, startedAt, since, ranForMs, member, announced, exit }) => ({
      id,
      run,
      pid,
      startTime,
      startedAt,
      member,
      announced,
      exit,
      ranForMs: Math.round(ranForMs ?? now - since),
    }));
  }

  journal(): readonly JournalledChild[] {
    return this.running().map(({ id, run, pid, startTime, pidFile }) => ({ id, run, pid, startTime, pidFile }));
  }

  get runningCount(): number {
    return this.running().length;
  }

  /** Runs, and exits that are not acknowledged. */
  get knownCount(): number {
    return this.entries.size;
  }

  private running(): readonly Entry[] {
    return [...this.entries.values()].filter((entry) => entry.exit === null);
  }

  private watch(entry: Entry, child: RunningChild): void {
    child.process.on('error', (error) => this.options.log(`${entry.id} (pid ${entry.pid}): ${errorMessage(error)}`));
    child.process.once('exit', (code, signal) => {
      const at = this.options.clock.now();
      this.report(entry);
      entry.exit = { code, signal, at };
      entry.ranForMs = this.options.clock.elapsed() - entry.since;
      if (entry.member !== null) this.options.balancing()?.left(entry.id, entry.run);
      // Windows has no groups: there nothing can be reached after the leader.
      entry.groupGone = process.platform === 'win32' || sendSignal(entry.pid, '0', 'group') === 'gone';
      this.options.outputs.finishRun(entry.id);
      const tell = (): void => this.options.send({ type: 'exited', id: entry.id, run: entry.run, at, code, signal });
      // Whoever hears of it may want to read the last lines.
      const written = this.ending ? null : this.options.outputs.written(entry.id);
      if (written === null) tell();
      else void atMost(lastLinesMs, written).then(tell);
      this.writePidFile(entry.pidFile);
      this.options.onChange();
    });
  }

  /** Names the newest child that writes it: during a reload an instance has two. */
  private writePidFile(file: string): void {
    this.options.smallFiles.set(file, () => {
      const holder = this.running().findLast((one) => one.pidFile === file);
      return holder === undefined ? null : `${holder.pid}\n`;
    });
  }

  private listenTo(entry: Entry, child: ChildProcess, channel: boolean): void {
    const announced = (what: Partial<Announced>): void => {
      const before = entry.announced;
      entry.announced = { ...before, ...what };
      // A program may say it as often as it likes.
      if (entry.announced.listening === before.listening && entry.announced.ready === before.ready) return;
      this.options.send({ type: 'announced', id: entry.id, run: entry.run, ...entry.announced });
    };
    if (entry.member !== null) this.options.balancing()?.joined(entry.id, entry.run, entry.member, child, announced);
    else if (channel) openLink(child, null, { announced, returned: (connection) => connection.close() });
  }

  private reportWhenKnown(entry: Entry): void {
    if (entry.startTime !== '') {
      this.report(entry);
      return;
    }
    // Only a program can tell, or there was no descriptor to look with. Without an answer the home's mark still finds it.
    const told = processStartTime(entry.pid).catch(() => null);
    void told.then((startTime) => {
      entry.startTime = startTime ?? '';
      this.report(entry);
      this.options.onChange();
    });
  }

  private report(entry: Entry): void {
    if (entry.reported) return;
    entry.reported = true;
    const { id, run, pid, startTime, startedAt } = entry;
    this.options.send({ type: 'spawned', id, run, pid, startTime, startedAt });
  }
}

function key(id: string, run: number): string {
  return `${id}#${run}`;
}
