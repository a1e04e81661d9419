// How many lines of text each row takes. In a font of fixed width that is a division; rows that turn out otherwise when they are
// drawn (wide characters, tabs, fields) are remembered as they are.
import { useEffect, useRef, useState } from 'react';
import type { LogLine } from './log-line.ts';
import type { LogRows } from './log-rows.ts';
import { lineHeight } from './scroll-place.ts';

export interface RowHeights {
  /** Every row is one line high. */
  readonly even: boolean;
  readonly heightOf: (line: LogLine | undefined) => number;
  /** Looks at the rows that are drawn, and corrects what was wrong. */
  readonly measure: (pane: HTMLElement | null, lines: readonly LogLine[]) => void;
}

interface Parts {
  readonly rows: LogRows;
  readonly wrap: boolean;
  readonly opened: ReadonlySet<number> | 'all';
  readonly width: number;
  /** Characters. */
  readonly gutter: number;
}

/** More corrections than this are forgotten: they are made again when their rows are drawn. */
const maxCorrections = 5000;

export function useRowHeights({ wrap, opened, width, gutter }: Parts): RowHeights {
  const even = !wrap && opened !== 'all' && opened.size === 0;
  const columns = useColumns(width) - gutter;
  const corrections = useRef(new Map<number, number>());
  const [, setCorrected] = useState(0);
  useEffect(() => {
    corrections.current.clear();
    setCorrected((before) => before + 1);
  }, [wrap, opened, width, gutter]);

  const expected = (line: LogLine): number => {
    const isOpen = line.fields.length > 0 && (opened === 'all' || opened.has(line.sequence));
    const characters = isOpen ? line.messageEnd : line.text.length;
    return (wrap ? Math.max(1, Math.ceil(characters / Math.max(1, columns))) : 1) + (isOpen ? line.fields.length : 0);
  };
  const heightOf = (line: LogLine | undefined): number => (line === undefined ? 1 : (corrections.current.get(line.sequence) ?? expected(line)));

  const measure: RowHeights['measure'] = (pane, lines) => {
    if (even || pane === null) return;
    let wrong = false;
    const bySequence = new Map(lines.map((line) => [line.sequence, line]));
    for (const row of pane.querySelectorAll<HTMLElement>('[data-sequence]')) {
      const line = bySequence.get(Number(row.dataset['sequence']));
      const height = Math.max(1, Math.round(row.offsetHeight / lineHeight));
      if (line === undefined || height === heightOf(line)) continue;
      if (corrections.current.size >= maxCorrections) corrections.current.clear();
      corrections.current.set(line.sequence, height);
      wrong = true;
    }
    if (wrong) setCorrected((before) => before + 1);
  };

  return { even, heightOf, measure };
}

/** Characters of the log's font that fit into so many pixels. */
function useColumns(width: number): number {
  const [characterWidth, setCharacterWidth] = useState(7.2);
  useEffect(() => {
    const probe = document.createElement('span');
    probe.textContent = 'x'.repeat(100);
    probe.style.cssText = 'position:absolute;visibility:hidden;font:12px/20px var(--tspm-mono)';
    document.body.append(probe);
    setCharacterWidth(probe.getBoundingClientRect().width / 100);
    probe.remove();
  }, []);
  // The last one is for the padding at the right.
  return Math.floor(width / characterWidth) - 1;
}
