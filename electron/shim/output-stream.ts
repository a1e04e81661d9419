// One stream of an instance, from its pipe to its log: bytes to lines, lines to the format, into the file.
import type { LogTarget } from '../../shared/model/shim-protocol.ts';
import { intake, LineAssembler } from './line-assembler.ts';
import type { Encoder, OutputName } from './log-encoder.ts';
import type { LogFile } from './log-file.ts';
import type { LogFiles } from './log-files.ts';
import { createEncoder } from './log-format.ts';
import type { LogFileWriter, LossListener } from './log-writer.ts';

export class OutputStream {
  private readonly file: LogFile;
  private readonly encoder: Encoder;
  private readonly assembler: LineAssembler;
  private readonly writer: LogFileWriter;

  constructor(
    target: LogTarget,
    stream: OutputName,
    now: () => number,
    files: LogFiles,
    listener: LossListener,
    /** Whether the log has enough for now. */
    onPressure: (high: boolean) => void,
  ) {
    const encoder = createEncoder(target, stream, now);
    this.encoder = encoder;
    this.writer = { listener, onPressure, note: (text) => encoder.note(text) };
    this.file = files.open(target[stream], target, this.writer);
    this.assembler = new LineAssembler(
      {
        lines: (bytes) => this.file.write(this.encoder.lines(bytes)),
        piece: (bytes) => this.file.write(this.encoder.piece(bytes)),
      },
      () => target.format === 'plain' && this.file.takesPartialLines(),
    );
  }

  /** Takes the first `length` bytes of `intake`. */
  accept(length: number): void {
    this.assembler.accept(length);
  }

  /** Takes bytes from anywhere. */
  acceptChunk(chunk: Buffer): void {
    for (let start = 0; start < chunk.length; start += intake.length) {
      this.assembler.accept(chunk.copy(intake, 0, start, start + intake.length));
    }
  }

  /** The writer has ended. */
  finishLine(): void {
    this.assembler.finish();
  }

  get isWritten(): boolean {
    return this.file.isSettled;
  }

  written(): Promise<void> {
    return this.file.settled();
  }

  /** Looks whether the file is still where it was. */
  check(): void {
    this.file.check();
  }

  close(): void {
    this.assembler.finish();
    this.file.leave(this.writer);
  }
}
