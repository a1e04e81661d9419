// What waits in memory while a log file cannot be written: the newest output, up to a bound per file and one for all
// files. What is older is dropped at line boundaries and counted.

const bytesPerFile = 1 << 20;
const bytesForAll = 32 << 20;
/** Lines are gathered in blocks: a list of single lines would be slow to take from. */
const blockBytes = 16_384;
const newline = 10;

/** Shared by all backlogs of one shim. */
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
  lostBytes = 0;
  lostLines = 0;
  private readonly blocks: Block[] = [];
  private bytes = 0;
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
    this.dropOldest(Math.max(this.bytes - bytesPerFile, Math.min(this.bytes, this.budget.used - bytesForAll)));
  }

  /** The oldest bytes, which leave the backlog; a part may end in the middle of a line. */
  shift(): Buffer | undefined {
    const block = this.blocks.shift();
    if (block === undefined) return undefined;
    this.count(block.start - block.end);
    return filled(block);
  }

  clear(): void {
    this.blocks.length = 0;
    this.count(-this.bytes);
  }

  private addBlock(length: number): Block {
    const block = { bytes: Buffer.allocUnsafeSlow(Math.max(blockBytes, length)), start: 0, end: 0 };
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
    this.budget.used += change;
  }
}

function filled(block: Block): Buffer {
  return block.bytes.subarray(block.start, block.end);
}
