// Puts lines together from blocks of bytes and knows where each ends. Bytes are decoded a block at a time and only up to the
// end of a line, so that a character at a block's edge is never torn.

const newline = 10;

/** The shim splits lines at 64 KiB; what others wrote into a log is cut here, so that no line can fill the memory. */
export const maxLineBytes = 1024 * 1024;

export interface Lines {
  readonly texts: readonly string[];
  /** For each line the byte behind it, its newline included, counted like the offset that the buffer was made with. */
  readonly ends: readonly number[];
}

export interface LineBuffer {
  /** Adds the next block and returns the lines that it completes. */
  push(block: Buffer): Lines;
  /** Returns the line without an end, if there is one, and empties the buffer. */
  flush(): Lines;
}

/** `offset`: where in its file the first block begins. */
export function createLineBuffer(offset = 0): LineBuffer {
  let position = offset;
  let parts: Buffer[] = [];
  let pendingBytes = 0;

  /** Everything that is pending, and these bytes, as text. */
  function take(bytes: Buffer): string {
    const text = parts.length === 0 ? bytes.toString('utf8') : Buffer.concat([...parts, bytes]).toString('utf8');
    parts = [];
    pendingBytes = 0;
    return text;
  }

  function keep(bytes: Buffer): void {
    if (bytes.length === 0) return;
    // Copied: the reader fills its block again.
    parts.push(Buffer.from(bytes));
    pendingBytes += bytes.length;
  }

  return {
    push(block) {
      const ends: number[] = [];
      for (let at = block.indexOf(newline); at >= 0; at = block.indexOf(newline, at + 1)) ends.push(position + at + 1);
      const last = ends.at(-1);
      const cut = last === undefined ? 0 : last - position;
      const texts = cut === 0 ? [] : take(block.subarray(0, cut - 1)).split('\n');
      position += block.length;
      keep(block.subarray(cut));
      if (pendingBytes > maxLineBytes) {
        texts.push(take(Buffer.alloc(0)));
        ends.push(position);
      }
      return { texts, ends };
    },
    flush: () => (pendingBytes === 0 ? { texts: [], ends: [] } : { texts: [take(Buffer.alloc(0))], ends: [position] }),
  };
}
