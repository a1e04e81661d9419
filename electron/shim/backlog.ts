// What waits in memory while a log file cannot be written: the newest output, up to a bound per file and one for all
// files. What is older is dropped at line boundaries and counted.

const bytesPerFile = 1 << 20;
const bytesForAll = 32 << 20;
const newline = 10;

/** Shared by all backlogs of one shim. */
export interface BacklogBudget {
  used: number;
}

export class Backlog {
  lostBytes = 0;
  lostLines = 0;
  private readonly parts: Buffer[] = [];
  private bytes = 0;
  /** The line whose beginning was dropped has not ended yet. */
  private dropping = false;

  constructor(private readonly budget: BacklogBudget) {}

  /** Copies the bytes. The first ones must begin a line. */
  push(bytes: Buffer): void {
    const kept = this.dropping ? this.dropUntilNewline(bytes) : bytes;
    if (kept.length === 0) return;
    this.parts.push(Buffer.from(kept));
    this.count(kept.length);
    const excess = Math.max(this.bytes - bytesPerFile, Math.min(this.bytes, this.budget.used - bytesForAll));
    if (excess > 0) this.dropOldest(excess);
  }

  /** The oldest part, which leaves the backlog. */
  shift(): Buffer | undefined {
    const part = this.parts.shift();
    if (part !== undefined) this.count(-part.length);
    return part;
  }

  clear(): void {
    this.count(-this.bytes);
    this.parts.length = 0;
  }

  private dropOldest(excess: number): void {
    let left = excess;
    while (this.parts.length > 0 && (left > 0 || this.dropping)) {
      const part = this.shift() ?? Buffer.alloc(0);
      const end = part.indexOf(newline, Math.max(0, Math.min(left, part.length) - 1)) + 1;
      const cut = end === 0 ? part.length : end;
      this.lose(part.subarray(0, cut));
      this.dropping = end === 0;
      left -= cut;
      if (cut < part.length) {
        this.parts.unshift(part.subarray(cut));
        this.count(part.length - cut);
      }
    }
  }

  private dropUntilNewline(bytes: Buffer): Buffer {
    const end = bytes.indexOf(newline) + 1;
    const cut = end === 0 ? bytes.length : end;
    this.lose(bytes.subarray(0, cut));
    this.dropping = end === 0;
    return bytes.subarray(cut);
  }

  private lose(bytes: Buffer): void {
    this.lostBytes += bytes.length;
    for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) this.lostLines += 1;
  }

  private count(change: number): void {
    this.bytes += change;
    this.budget.used += change;
  }
}
