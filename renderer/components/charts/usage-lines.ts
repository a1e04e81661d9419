// Measurements of several instances as the lines of one chart: one list of moments that all share, and for each instance a value,
// a gap where it was down, or nothing where only others were measured. Pure.

export interface UsageLine {
  readonly label: string;
  /** Place in the palette. */
  readonly colour: number;
  /** Moments in ms, oldest first. */
  readonly at: readonly number[];
  readonly values: readonly number[];
  /** When its children were started, as far as it is known: what lies before is not joined with what comes after. */
  readonly starts: readonly number[];
}

/** null: a gap. undefined: not measured at that moment, the line goes on. */
export type Column = readonly (number | null | undefined)[];

export interface ChartLines {
  /** Seconds, as the chart counts time. */
  readonly moments: readonly number[];
  readonly columns: readonly Column[];
}

/** An engine that nobody looks at measures every ten seconds; longer than this between two measurements is a gap. */
const longestStepMs = 15_000;

export function chartLines(lines: readonly UsageLine[], sinceMs: number): ChartLines {
  const parts = lines.map((line) => ({ values: valuesByMoment(line, sinceMs), gaps: gapsOf(line) }));
  // A gap has to have at least one moment of its own, or nothing would interrupt the line.
  const inGaps = parts.flatMap(({ gaps }) => gaps.map(({ from }) => from + 1)).filter((moment) => moment >= sinceMs);
  const moments = [...new Set([...parts.flatMap(({ values }) => [...values.keys()]), ...inGaps])].sort((a, b) => a - b);
  return {
    moments: moments.map((moment) => moment / 1000),
    columns: parts.map(({ values, gaps }) => moments.map((moment) => values.get(moment) ?? (isWithin(gaps, moment) ? null : undefined))),
  };
}

interface Gap {
  readonly from: number;
  readonly to: number;
}

function valuesByMoment({ at, values }: UsageLine, sinceMs: number): ReadonlyMap<number, number> {
  const byMoment = new Map<number, number>();
  at.forEach((moment, index) => {
    const value = values[index];
    if (moment >= sinceMs && value !== undefined) byMoment.set(moment, value);
  });
  return byMoment;
}

function gapsOf({ at, starts }: UsageLine): readonly Gap[] {
  return at.flatMap((to, index) => {
    const from = at[index - 1];
    if (from === undefined) return [];
    const isGap = to - from > longestStepMs || starts.some((start) => start > from && start <= to);
    return isGap ? [{ from, to }] : [];
  });
}

function isWithin(gaps: readonly Gap[], moment: number): boolean {
  return gaps.some(({ from, to }) => moment > from && moment < to);
}
