// Where a regular expression matches in a line of text. Pure; runs in the page for plain text, and in a worker for patterns.

export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** Lines may be very long, and the time that a pattern takes can grow with the square of their length. */
export const patternCharacters = 4096;

const maxRanges = 200;

/** In order, without overlaps, at most 200; null where it does not match. Empty where it matches nothingness. */
export function findRanges(text: string, pattern: RegExp): readonly TextRange[] | null {
  const found: TextRange[] = [];
  let matched = false;
  // `matchAll` begins where an earlier `test` has left off.
  pattern.lastIndex = 0;
  for (const match of text.matchAll(pattern)) {
    matched = true;
    if (match[0] !== '') found.push({ start: match.index, end: match.index + match[0].length });
    if (found.length === maxRanges) break;
  }
  return matched ? found : null;
}
