// Both streams of one instance. Pipes and logs stay open from one run to the next, so that a respawn prepares nothing;
// what a left-over child of an earlier run still writes goes into the log as well.
import type { ChildProcess, IOType } from 'node:child_process';
import type { LogTarget } from '../../shared/model/shim-protocol.ts';
import type { FifoPool } from '../platform/fifo.ts';
import type { OutputName } from './log-encoder.ts';
import type { LogFiles } from './log-files.ts';
import { OutputChannel } from './output-channel.ts';
import type { LossListener } from './log-writer.ts';
import { OutputStream } from './output-stream.ts';

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
    private readonly listener: LossListener,
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
      this.follow(child.stdout, target, 'out');
      this.follow(child.stderr, target, 'err');
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

  /** See `Outputs.written`. */
  written(): Promise<unknown> | null {
    const unfinished = [this.streams?.out, this.streams?.err, ...this.piped].filter((stream) => stream !== undefined && !stream.isWritten);
    return unfinished.length === 0 ? null : Promise.all(unfinished.map((stream) => stream?.written()));
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

  private openChannels(): Both<OutputChannel> | null {
    const ends = [this.services.fifos.take(), this.services.fifos.take()] as const;
    const [out, err] = ends.map((one) => (one === null ? null : new OutputChannel(one, () => this.closeWhenEnded())));
    if (out && err) return { out, err };
    out?.close();
    err?.close();
    return null;
  }

  private openStream(target: LogTarget, name: OutputName, onPressure: (high: boolean) => void): OutputStream {
    const { files, now } = this.services;
    return new OutputStream(target, name, now, files, this.listener, onPressure);
  }

  private direct(target: LogTarget): void {
    const key = JSON.stringify(target);
    if (key === this.target) {
      this.streams?.out.check();
      this.streams?.err.check();
      return;
    }
    this.closeStreams();
    this.target = key;
    const open = (name: OutputName): OutputStream => this.openStream(target, name, (high) => this.channels?.[name].pause(high));
    this.streams = { out: open('out'), err: open('err') };
  }

  private follow(source: ChildProcess['stdout'], target: LogTarget, name: OutputName): void {
    const stream = this.openStream(target, name, (high) => void (high ? source?.pause() : source?.resume()));
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
    this.streams?.out.close();
    this.streams?.err.close();
    this.streams = null;
  }
}
