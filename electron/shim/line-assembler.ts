// Cuts the bytes of one stream into lines. Works per chunk, not per line: what it does for a chunk of 64 KiB is a few
// searches for a newline, whatever the number of lines.

/** A line that is longer is handed out in pieces of this size, up to 3 bytes more to end at a UTF-8 character. */
export const maxLineBytes = 65_536;
const maxExtraBytes = 3;
const newline = 10;

/** One reading area for all streams of the process; in front of it is room for the beginning of a line held from before. */
const room = maxLineBytes + maxExtraBytes + 1;
const arena = Buffer.allocUnsafeSlow(room + maxLineBytes);
export const intake: Buffer = arena.subarray(room);

const nothing = Buffer.alloc(0);

/** Buffers are valid during the call only. */
export interface LineSink {
  /** Lines with their newlines. When partial lines are written, may begin and end in the middle of one. */
  lines(bytes: Buffer): void;
  /** A part of a line that is too long, without a newline: the line goes on. */
  piece(bytes: Buffer): void;
}

export class LineAssembler {
  /** The beginning of a line that waits for its end. */
  private held: Buffer = nothing;
  /** Bytes of the present line that were handed out already. */
  private begun = 0;

  /** `writesPartials`: whether an unfinished line is handed out at once (asked for every chunk) or held. */
  constructor(
    private readonly sink: LineSink,
    private readonly writesPartials: () => boolean,
  ) {}

  /** Takes the first `length` bytes of `intake`. */
  accept(length: number): void {
    arena.set(this.held, room - this.held.length);
    const bytes = this.cutLongLine(arena.subarray(room - this.held.length, room + length));
    this.held = nothing;
    const end = bytes.lastIndexOf(newline) + 1;
    if (this.writesPartials()) {
      this.sink.lines(bytes);
      this.begun = end === 0 ? this.begun + bytes.length : bytes.length - end;
      return;
    }
    if (end > 0) {
      this.sink.lines(bytes.subarray(0, end));
      this.begun = 0;
    }
    if (end < bytes.length) this.held = Buffer.from(bytes.subarray(end));
  }

  /** The writer has ended: an unfinished line gets its newline. */
  finish(): void {
    if (this.held.length > 0) this.sink.lines(Buffer.concat([this.held, Buffer.of(newline)]));
    else if (this.begun > 0) this.sink.lines(Buffer.of(newline));
    this.held = nothing;
    this.begun = 0;
  }

  /** Only the first line can be too long: a chunk is not longer than a line may be. Returns what is left to do. */
  private cutLongLine(bytes: Buffer): Buffer {
    let rest = bytes;
    while (this.begun + rest.length > maxLineBytes) {
      const found = rest.indexOf(newline);
      const lineEnd = found < 0 ? rest.length : found;
      const cut = this.cutPosition(rest, lineEnd);
      if (cut >= lineEnd) break;
      this.sink.piece(rest.subarray(0, cut));
      rest = rest.subarray(cut);
      this.begun = 0;
    }
    return rest;
  }

  /** Forward to the next byte that begins a character (RFC 3629: continuation bytes are 10xxxxxx), 3 bytes at most. */
  private cutPosition(bytes: Buffer, lineEnd: number): number {
    let cut = Math.max(0, maxLineBytes - this.begun);
    let extra = Math.max(0, this.begun - maxLineBytes);
    while (cut < lineEnd && extra < maxExtraBytes && ((bytes[cut] ?? 0) & 0xc0) === 0x80) {
      cut += 1;
      extra += 1;
    }
    return cut;
  }
}
