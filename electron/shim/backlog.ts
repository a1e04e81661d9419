// What waits in memory for its log file: the newest output, up to a bound per file, and one for all files that cannot be
// written. What is older is dropped at line boundaries and counted.

const bytesPerFile = 1 << 20;
const bytesForAll = 32 << 20;
/** Lines are gathered in blocks, each of which is written in one go: a small one for a line now and then, others when they queue up. */
const firstBlockBytes = 4096;
const blockBytes = 65_536;
const newline = 10;

/** Shared by all backlogs of one shim: what those hold that cannot be written. */
export interface BacklogBudget {
  used: number;
}

/** Filled are the bytes from `start` to `end`. */
interface Block {
  readonly bytes: Buffer;
  start: number;
  end: number;
}

export class Backlog {
  /** Totals. */
  lostBytes = 0;
  lostLines = 0;
  bytes = 0;
  private readonly blocks: Block[] = [];
  private stuck = false;
  /** The line whose beginning was dropped has not ended yet. */
  private dropping = false;

  constructor(private readonly budget: BacklogBudget) {}

  /** Copies the bytes. The first ones must begin a line. */
  push(bytes: Buffer): void {
    const kept = this.dropping ? bytes.subarray(this.lose(bytes, 0)) : bytes;
    if (kept.length === 0) return;
    const last = this.blocks.at(-1);
    const block = last !== undefined && last.bytes.length - last.end >= kept.length ? last : this.addBlock(kept.length);
    block.end += kept.copy(block.bytes, block.end);
    this.count(kept.length);
    this.keepBounds();
  }

  /**
   * The oldest bytes, which leave the backlog. They end with a line, unless there is none that ends in the block: what is
   * dropped after them begins a line, too.
   */
  shift(): Buffer | undefined {
    const block = this.blocks[0];
    if (block === undefined) return undefined;
    const end = block.bytes.lastIndexOf(newline, block.end - 1) + 1;
    const part = block.bytes.subarray(block.start, end > block.start ? end : block.end);
    block.start += part.length;
    if (block.start === block.end) this.blocks.shift();
    this.count(-part.length);
    return part;
  }

  /** Bytes that were taken and could not be written; they begin a line. */
  giveBack(bytes: Buffer): void {
    if (bytes.length === 0) return;
    this.blocks.unshift({ bytes, start: 0, end: bytes.length });
    this.count(bytes.length);
    this.keepBounds();
  }

  /** Whether what is here cannot be written at present: then it shares the bound for all. */
  hold(stuck: boolean): void {
    if (stuck !== this.stuck) this.budget.used += stuck ? this.bytes : -this.bytes;
    this.stuck = stuck;
    this.keepBounds();
  }

  clear(): void {
    this.blocks.length = 0;
    this.count(-this.bytes);
  }

  private keepBounds(): void {
    const tooMuchForAll = this.stuck ? Math.min(this.bytes, this.budget.used - bytesForAll) : 0;
    this.dropOldest(Math.max(this.bytes - bytesPerFile, tooMuchForAll));
  }

  private addBlock(length: number): Block {
    const usual = this.blocks.length === 0 ? firstBlockBytes : blockBytes;
    const block = { bytes: Buffer.allocUnsafeSlow(Math.max(usual, length)), start: 0, end: 0 };
    this.blocks.push(block);
    return block;
  }

  /** At least so many bytes, and the line that they end in. */
  private dropOldest(excess: number): void {
    let left = excess;
    for (let block = this.blocks[0]; block !== undefined && (left > 0 || this.dropping); block = this.blocks[0]) {
      const lost = this.lose(filled(block), left);
      block.start += lost;
      left -= lost;
      this.count(-lost);
      if (block.start === block.end) this.blocks.shift();
    }
  }

  /** Counts what is lost of these bytes: at least `atLeast`, up to the end of a line. Returns how many that are. */
  private lose(bytes: Buffer, atLeast: number): number {
    const end = atLeast > bytes.length ? 0 : bytes.indexOf(newline, Math.max(0, atLeast - 1)) + 1;
    this.dropping = end === 0;
    const lost = end === 0 ? bytes : bytes.subarray(0, end);
    this.lostBytes += lost.length;
    for (let at = lost.indexOf(newline); at >= 0; at = lost.indexOf(newline, at + 1)) this.lostLines += 1;
    return lost.length;
  }

  private count(change: number): void {
    this.bytes += change;
    if (this.stuck) this.budget.used += change;
  }
}

function filled(block: Block): Buffer {
  return block.bytes.subarray(block.start, block.end);
}
