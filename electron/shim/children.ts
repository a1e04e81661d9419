// The table of children: each run from its spawn until its exit is acknowledged.
import type { Clock } from '../../shared/model/clock.ts';
import { errorMessage } from '../../shared/model/failure.ts';
import type { ExitStatus } from '../../shared/model/process-state.ts';
import type { FromShim, ShimChild, SignalScope, SpawnRequest } from '../../shared/model/shim-protocol.ts';
import { processStartTime, processStartTimeSync } from '../platform/process-identity.ts';
import { sendSignal } from '../platform/send-signal.ts';
import type { Outputs } from './outputs.ts';
import type { SmallFiles } from './small-files.ts';
import { spawnChild, type RunningChild } from './spawn-child.ts';

/** What the journal says of a living child. */
export type JournalledChild = Pick<Entry, 'id' | 'run' | 'pid' | 'startTime' | 'pidFile'>;

interface Entry {
  readonly id: string;
  readonly run: number;
  readonly pid: number;
  readonly startedAt: number;
  readonly pidFile: string;
  startTime: string;
  announced: boolean;
  exit: (ExitStatus & { readonly at: number }) | null;
  /** No process of the group is left: its number may belong to a stranger soon. */
  groupGone: boolean;
}

export interface ChildrenOptions {
  readonly homeId: string;
  readonly clock: Clock;
  readonly outputs: Outputs;
  /** Pid files. */
  readonly smallFiles: SmallFiles;
  readonly send: (message: FromShim) => void;
  readonly log: (text: string) => void;
  /** The set of living children is another one. */
  readonly onChange: () => void;
}

export class Children {
  private readonly entries = new Map<string, Entry>();

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
    const output = outputs.take(id);
    const child = spawnChild(request, output.stdio(), homeId, (message) => {
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
      startTime: processStartTimeSync(child.pid) ?? '',
      announced: false,
      exit: null,
      groupGone: false,
    };
    this.entries.set(key(id, run), entry);
    this.announceWhenKnown(entry);
    this.watch(entry, child);
    output.begin(request.logs, child.process);
    this.options.smallFiles.set(entry.pidFile, () => `${entry.pid}\n`);
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

  /** SIGKILL for everything that is left of every known run. */
  killAll(): void {
    for (const { id, run } of this.entries.values()) this.signal(id, run, 'SIGKILL', 'group');
  }

  list(): readonly ShimChild[] {
    return [...this.entries.values()].map(({ id, run, pid, startTime, startedAt, exit }) => ({ id, run, pid, startTime, startedAt, exit }));
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
      this.announce(entry);
      entry.exit = { code, signal, at };
      this.options.send({ type: 'exited', id: entry.id, run: entry.run, at, code, signal });
      // Windows has no groups: there nothing can be reached after the leader.
      entry.groupGone = process.platform === 'win32' || sendSignal(entry.pid, '0', 'group') === 'gone';
      this.options.outputs.finishRun(entry.id);
      this.options.smallFiles.set(entry.pidFile, () => null);
      this.options.onChange();
    });
  }

  private announceWhenKnown(entry: Entry): void {
    if (entry.startTime !== '' || process.platform === 'linux') {
      this.announce(entry);
      return;
    }
    void processStartTime(entry.pid).then((startTime) => {
      entry.startTime = startTime ?? '';
      this.announce(entry);
      this.options.onChange();
    });
  }

  private announce(entry: Entry): void {
    if (entry.announced) return;
    entry.announced = true;
    const { id, run, pid, startTime, startedAt } = entry;
    this.options.send({ type: 'spawned', id, run, pid, startTime, startedAt });
  }
}

function key(id: string, run: number): string {
  return `${id}#${run}`;
}
