// From measurements to the outline of a sparkline. Pure. Moments that lie far apart are not joined: nothing was measured between them.

export interface SparklineInput {
  /** Oldest first; of the same length as `values`. */
  readonly at: readonly number[];
  readonly values: readonly number[];
  /** How far back the left edge is from the last moment. */
  readonly spanMs: number;
  /** From 0 to the largest value, at least to this, so that a quiet process looks quiet; or `level`: around the values, so that a trend shows. */
  readonly scale: { readonly atLeast: number } | 'level';
  readonly width: number;
  readonly height: number;
}

const gapMs = 15_000;

export function sparklinePath({ at, values, spanMs, scale, width, height }: SparklineInput): { readonly line: string; readonly area: string } {
  const end = at.at(-1);
  if (end === undefined) return { line: '', area: '' };
  const [low, high] = edges(values, scale);
  const bottom = height - 1;
  let line = '';
  let area = '';
  let from: number | null = null;
  let last = 0;
  let lastX = 0;
  const closeArea = (): void => {
    if (from !== null) area += `L${lastX} ${height}L${from} ${height}Z`;
  };
  for (const [index, moment] of at.entries()) {
    const x = round(width * (1 - (end - moment) / spanMs));
    if (x < 0) continue;
    const y = round(bottom - (((values[index] ?? 0) - low) / (high - low)) * (bottom - 1));
    if (from === null || moment - last > gapMs) {
      closeArea();
      line += `M${x} ${y}`;
      area += `M${x} ${y}`;
      from = x;
    } else {
      line += `L${x} ${y}`;
      area += `L${x} ${y}`;
    }
    last = moment;
    lastX = x;
  }
  closeArea();
  return { line, area };
}

function edges(values: readonly number[], scale: SparklineInput['scale']): readonly [number, number] {
  const most = Math.max(...values);
  if (scale !== 'level') return [0, Math.max(scale.atLeast, most) * 1.08];
  const least = Math.min(...values);
  // A change of a few percent is none that one should see.
  const span = Math.max(most - least, most * 0.25, 1) * 1.4;
  const middle = (most + least) / 2;
  return [middle - span / 2, middle + span / 2];
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
