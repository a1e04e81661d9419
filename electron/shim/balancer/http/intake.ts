// Where the reads of one socket land, and how their bytes get to another. Sockets share one area as long as they read little, which
// is what keeps thousands of idle connections small: its bytes are copied when they are written. A socket in the middle of a large body
// has an area of its own, which is handed to the kernel as it is.
import type { OnReadOpts, Socket } from 'node:net';

const areaBytes = 64 * 1024;
/** Node writes a string up to this size without allocating anything. */
const largestString = 16 * 1024;
/** From this many bytes in one read on, a socket gets an area of its own. */
const largeRead = 16 * 1024;
const maxSpare = 16;

const shared: Buffer = Buffer.allocUnsafeSlow(areaBytes);
const spare: Buffer[] = [];

export class Intake {
  private area = shared;
  /** Bytes of the area wait in a socket's queue: nobody may write into it any more. */
  private lent = false;
  private settled = false;

  /** `take` is given what was read; the bytes may be overwritten when it has returned. When it gives false, reading stops. */
  constructor(private readonly take: (bytes: Buffer, length: number) => boolean) {}

  readonly options: OnReadOpts = {
    buffer: () => this.area,
    callback: (length) => {
      this.settled = false;
      const goesOn = this.take(this.area, length);
      this.turn(length >= largeRead && !this.settled);
      return goesOn;
    },
  };

  /** Writes bytes that were just read, and leaves no reference to the area behind that could become false. */
  pass(to: Socket, from: number, end: number): void {
    if (from === end) return;
    const { area } = this;
    if (end - from <= largestString) {
      to.write(area.toString('latin1', from, end), 'latin1');
    } else if (area === shared) {
      to.write(Buffer.from(area.subarray(from, end)));
    } else {
      to.write(area.subarray(from, end));
      if (to.writableLength > 0) this.lent = true;
    }
  }

  /** No large body goes on after this read. */
  settle(): void {
    this.settled = true;
  }

  private turn(large: boolean): void {
    const kept = this.area !== shared && !this.lent;
    if (large && kept) return;
    if (kept && spare.length < maxSpare) spare.push(this.area);
    this.lent = false;
    this.area = large ? (spare.pop() ?? Buffer.allocUnsafeSlow(areaBytes)) : shared;
  }
}

/** Whether a socket's queue is so full that nothing more should be read for it; 'drain' comes when it is empty. */
export function isBlocked(socket: Socket): boolean {
  return socket.writableLength > 0 && socket.writableNeedDrain;
}
