// Puts lines together from blocks of bytes. Works on bytes, so that a character at a block's edge is never torn.

const newline = 10;

/** The shim splits lines at 64 KiB; what others wrote into a log is cut here, so that no line can fill the memory. */
export const maxLineBytes = 1024 * 1024;

export interface LineBuffer {
  /** Adds the next block and returns the lines that it completes. */
  push(block: Buffer): string[];
  /** Bytes of the line that has no end yet. */
  readonly pendingBytes: number;
  /** Returns the line without an end, if there is one, and empties the buffer. */
  flush(): string[];
}

export function createLineBuffer(): LineBuffer {
  let parts: Buffer[] = [];
  let pendingBytes = 0;

  function take(): string {
    const line = Buffer.concat(parts).toString('utf8');
    parts = [];
    pendingBytes = 0;
    return line;
  }

  return {
    get pendingBytes() {
      return pendingBytes;
    },
    push(block) {
      const lines: string[] = [];
      let start = 0;
      for (let end = block.indexOf(newline); end >= 0; end = block.indexOf(newline, start)) {
        parts.push(block.subarray(start, end));
        lines.push(take());
        start = end + 1;
      }
      if (start < block.length) {
        // Copied: the reader fills its block again.
        parts.push(Buffer.from(block.subarray(start)));
        pendingBytes += block.length - start;
        if (pendingBytes > maxLineBytes) lines.push(take());
      }
      return lines;
    },
    flush: () => (pendingBytes === 0 ? [] : [take()]),
  };
}
