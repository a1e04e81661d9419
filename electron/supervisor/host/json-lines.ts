// One JSON value per line, cut out of a stream of chunks. Bounded: a line without end is a broken peer.

/** Gives each whole line to `take`. Throws a RangeError when a line grows over `maxChars`. */
export function lineSplitter(take: (line: string) => void, maxChars = 4 << 20): (chunk: string) => void {
  let rest = '';
  return (chunk) => {
    let start = 0;
    for (let end = chunk.indexOf('\n'); end !== -1; end = chunk.indexOf('\n', start)) {
      take(rest + chunk.slice(start, end));
      rest = '';
      start = end + 1;
    }
    rest += chunk.slice(start);
    if (rest.length > maxChars) throw new RangeError(`a line is longer than ${maxChars} characters`);
  };
}
