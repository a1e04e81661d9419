// Both streams of one instance. Pipes and logs stay open from one run to the next, so that a respawn prepares nothing;
// what a left-over child of an earlier run still writes goes into the log as well.
import type { ChildProcess, IOType } from 'node:child_process';
import type { LogTarget } from '../../shared/model/shim-protocol.ts';
import type { FifoPool } from '../platform/fifo.ts';
import type { OutputName } from './log-encoder.ts';
import type { LogFiles } from './log-files.ts';
import { OutputChannel } from './output-channel.ts';
import { OutputStream, type OutputListener } from './output-stream.ts';

export interface Loss {
  bytes: number;
  lines: number;
}

export interface OutputServices {
  readonly fifos: FifoPool;
  readonly files: LogFiles;
  readonly now: () => number;
}

type Both<Value> = Readonly<Record<OutputName, Value>>;

export class InstanceOutput {
  private channels: Both<OutputChannel> | null = null;
  private streams: Both<OutputStream> | null = null;
  /** Streams of Node's own pipes, where there are no FIFOs: those live for one run. */
  private readonly piped = new Set<OutputStream>();
  private target = '';
  private retired = false;

  constructor(
    private readonly services: OutputServices,
    /** What was lost in logs that are closed by now; lives longer than this object. */
    private readonly earlierLoss: Loss,
    private readonly listener: OutputListener,
    /** After `retire`, when nobody can write any more. */
    private readonly onClosed: () => void,
  ) {}

  /** What the child gets. */
  stdio(): readonly (IOType | number)[] {
    this.channels ??= this.openChannels();
    return this.channels === null ? ['ignore', 'pipe', 'pipe'] : ['ignore', this.channels.out.writeFd, this.channels.err.writeFd];
  }

  /** The child runs; now there is time to open its logs. */
  begin(target: LogTarget, child: ChildProcess): void {
    if (this.channels === null) {
      const { out, err } = this.openStreams(target);
      this.follow(child.stdout, out);
      this.follow(child.stderr, err);
      return;
    }
    this.direct(target);
    this.channels.out.begin((length) => this.streams?.out.accept(length));
    this.channels.err.begin((length) => this.streams?.err.accept(length));
  }

  /** The child is dead: what it left in the pipes is written, and its last lines end. Node's own pipes do so when they close. */
  finishRun(): void {
    this.channels?.out.drain();
    this.channels?.err.drain();
    this.streams?.out.finishLine();
    this.streams?.err.finishLine();
  }

  /** No other run is in sight: closes as soon as nobody else holds the pipes. */
  retire(): void {
    this.retired = true;
    this.channels?.out.closeWriteEnd();
    this.channels?.err.closeWriteEnd();
    this.closeWhenEnded();
  }

  /** At once, whoever may still hold the pipes. */
  close(): void {
    this.channels?.out.close();
    this.channels?.err.close();
    this.channels = null;
    for (const stream of this.piped) stream.close();
    this.piped.clear();
    this.closeStreams();
  }

  /** All that was lost since the instance was first spawned. */
  get loss(): Loss {
    const files = new Set([this.streams?.out.file, this.streams?.err.file, ...[...this.piped].map((stream) => stream.file)]);
    const losses = [this.earlierLoss, ...[...files].map((file) => file?.lost ?? { bytes: 0, lines: 0 })];
    return { bytes: sum(losses.map((one) => one.bytes)), lines: sum(losses.map((one) => one.lines)) };
  }

  private openChannels(): Both<OutputChannel> | null {
    const ends = [this.services.fifos.take(), this.services.fifos.take()] as const;
    const [out, err] = ends.map((one) => (one === null ? null : new OutputChannel(one, () => this.closeWhenEnded())));
    if (out && err) return { out, err };
    out?.close();
    err?.close();
    return null;
  }

  private openStreams(target: LogTarget): Both<OutputStream> {
    const { files, now } = this.services;
    return { out: new OutputStream(target, 'out', now, files, this.listener), err: new OutputStream(target, 'err', now, files, this.listener) };
  }

  private direct(target: LogTarget): void {
    const key = JSON.stringify(target);
    if (key === this.target) {
      this.streams?.out.file.check();
      this.streams?.err.file.check();
      return;
    }
    this.closeStreams();
    this.target = key;
    this.streams = this.openStreams(target);
  }

  private follow(source: ChildProcess['stdout'], stream: OutputStream): void {
    this.piped.add(stream);
    source?.on('data', (chunk: Buffer) => stream.acceptChunk(chunk));
    // 'close' follows an error, too.
    source?.on('error', () => source.destroy());
    source?.on('close', () => {
      if (this.piped.delete(stream)) stream.close();
    });
  }

  private closeWhenEnded(): void {
    if (!this.retired || this.channels?.out.isOpen === true || this.channels?.err.isOpen === true) return;
    this.channels = null;
    this.closeStreams();
    this.onClosed();
  }

  private closeStreams(): void {
    Object.assign(this.earlierLoss, this.loss);
    this.streams?.out.close();
    this.streams?.err.close();
    this.streams = null;
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
