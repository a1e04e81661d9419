// Which lines of a long list are worth drawing: those in sight and some around. Lines have one height, so that it is arithmetic.
import { useEffect, useState, type RefObject } from 'react';

interface Range {
  readonly from: number;
  readonly to: number;
}

/** Drawn beyond the edges, and the step in which the range moves: scrolling by a line draws nothing anew. */
const margin = 12;

export function useWindow(scroller: RefObject<HTMLElement | null>, count: number, lineHeight: number): Range {
  const [range, setRange] = useState<Range>({ from: 0, to: 60 });

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const look = (): void => {
      const first = Math.floor(element.scrollTop / lineHeight);
      const visible = Math.ceil(element.clientHeight / lineHeight);
      const from = Math.max(0, Math.floor(first / margin) * margin - margin);
      const to = Math.ceil((first + visible) / margin) * margin + margin;
      setRange((current) => (current.from === from && current.to === to ? current : { from, to }));
    };
    look();
    element.addEventListener('scroll', look, { passive: true });
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', look);
      observer.disconnect();
    };
  }, [scroller, lineHeight]);

  return { from: Math.min(range.from, Math.max(0, count - 1)), to: Math.min(range.to, count) };
}

/** Lengths of the stylesheet in px: people choose their own font size. */
export function remToPx(rem: number): number {
  return rem * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
}
