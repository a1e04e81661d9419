// The nearest known word to an unknown one.

/** null when nothing is near enough to be what was meant. Case, `_` and `-` do not count: `max_restarts` is near. */
export function nearest(word: string, known: readonly string[]): string | null {
  const wanted = normalize(word.slice(0, 64));
  let best: string | null = null;
  let bestDistance = Math.floor(wanted.length / 3) + 1;
  for (const candidate of known) {
    const distance = editDistance(wanted, normalize(candidate));
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** `did you mean "port"?`, or null. */
export function didYouMean(word: string, known: readonly string[]): string | null {
  const match = nearest(word, known);
  return match === null ? null : `did you mean ${JSON.stringify(match)}?`;
}

/** `; did you mean "--follow"?` for the end of a sentence, or an empty text. */
export function suggestion(word: string, known: readonly string[], prefix = ''): string {
  const match = nearest(word, known);
  return match === null ? '' : `; did you mean "${prefix}${match}"?`;
}

function normalize(word: string): string {
  return word.toLowerCase().replace(/[_-]/g, '');
}

/** Levenshtein distance with a swap of neighbours counted as one step. */
function editDistance(from: string, to: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1];
      let steps = Math.min(cell(previous, column) + 1, cell(current, column - 1) + 1, cell(previous, column - 1) + (same ? 0 : 1));
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (swapped) steps = Math.min(steps, cell(beforePrevious, column - 2) + 1);
      current.push(steps);
    }
    beforePrevious = previous;
    previous = current;
  }
  return cell(previous, to.length);
}

function cell(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
