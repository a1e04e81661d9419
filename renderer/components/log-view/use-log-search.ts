// Going from match to match: forwards and backwards, around the ends, from where the reader is.
import { useCallback, useState, type RefObject } from 'react';
import type { PaneHandle } from './log-pane.tsx';
import type { LogRows } from './log-rows.ts';

export interface LogSearch {
  /** Sequence of the match that the reader went to; null before the first step. */
  readonly current: number | null;
  readonly step: (direction: 1 | -1) => void;
  readonly forget: () => void;
}

export function useLogSearch(matches: LogRows | null, pane: RefObject<PaneHandle | null>): LogSearch {
  const [current, setCurrent] = useState<number | null>(null);

  const step = useCallback(
    (direction: 1 | -1) => {
      if (matches === null || matches.count === 0) return;
      const index = nextMatch(matches, current, pane.current?.topSequence() ?? null, direction);
      const sequence = matches.at(index)?.sequence;
      if (sequence === undefined) return;
      setCurrent(sequence);
      pane.current?.reveal(sequence);
    },
    [current, matches, pane],
  );

  return { current, step, forget: useCallback(() => setCurrent(null), []) };
}

/** `top` null: the end is followed, and the first step goes to the newest match. */
export function nextMatch(matches: LogRows, current: number | null, top: number | null, direction: 1 | -1): number {
  const around = (index: number): number => (index + matches.count) % matches.count;
  if (current !== null) return around(direction === 1 ? matches.indexOf(current + 1) : matches.indexOf(current) - 1);
  if (top === null) return matches.count - 1;
  return around(direction === 1 ? matches.indexOf(top) : matches.indexOf(top) - 1);
}
