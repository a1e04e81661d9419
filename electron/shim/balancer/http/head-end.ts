// Where the head of a message ends. Looked for line by line, so that the search goes on where the last bytes ended.

const carriageReturn = 13;
const lineFeed = 10;

/** The head goes on: more bytes are needed. */
export const incomplete = -1;
/** A line feed without a carriage return: some servers end a line there and others do not, which is how requests are smuggled. */
export const brokenLine = -2;

/**
 * The index after the empty line that ends the head which begins at `from`; or `incomplete` or `brokenLine`. The first `known` of
 * the bytes were looked at before and had no end.
 */
export function findHeadEnd(bytes: Uint8Array, from: number, to: number, known = 0): number {
  for (let index = from + Math.max(0, known - 3); index < to; index += 1) {
    if (bytes[index] !== lineFeed) continue;
    if (index === from || bytes[index - 1] !== carriageReturn) return brokenLine;
    if (index >= from + 3 && bytes[index - 2] === lineFeed) return index + 1;
  }
  return incomplete;
}

/** Clients may send an empty line before a request (RFC 9112, 2.2). The index of the first byte that is none. */
export function skipEmptyLines(bytes: Uint8Array, from: number, to: number): number {
  let index = from;
  while (index + 1 < to && bytes[index] === carriageReturn && bytes[index + 1] === lineFeed) index += 2;
  return index;
}
