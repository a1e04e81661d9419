// The lines themselves. Only those that can be seen are in the document, however many the log has.
import { Button } from '@mantine/core';
import { IconArrowDown } from '@tabler/icons-react';
import { useCallback, useImperativeHandle, useLayoutEffect, useRef, type ClipboardEvent, type CSSProperties, type KeyboardEvent, type ReactNode, type Ref } from 'react';
import { plural } from '../../format/numbers.ts';
import type { LogRows } from './log-rows.ts';
import { noRanges, type LineSearch } from './line-search.ts';
import { LogRow } from './log-row.tsx';
import { evenLayout, unevenLayout, type RowLayout } from './row-layout.ts';
import { atEnd, drawn, lineHeight, placeOfLine, unseen, type View } from './scroll-place.ts';
import { selectedText, within, type LineSelection } from './line-selection.ts';
import { useBox } from '../use-box.ts';
import { useRowHeights } from './use-row-heights.ts';
import { useScrollPlace } from './use-scroll-place.ts';
import classes from './log-view.module.css';

export interface LogPaneProps {
  readonly label: string;
  readonly rows: LogRows;
  /** Characters of the longest line. */
  readonly longest: number;
  readonly marks: Pick<LineSearch, 'rangesOf'> | null;
  readonly wrap: boolean;
  readonly showTime: boolean;
  readonly showInstance: boolean;
  /** Lines whose fields are shown one below the other; `all` when there is no need to choose. */
  readonly opened: ReadonlySet<number> | 'all';
  readonly current: number | null;
  readonly selection: LineSelection | null;
  readonly onOpen: (sequence: number) => void;
  readonly onSelect: (selection: LineSelection | null) => void;
  readonly handle: Ref<PaneHandle>;
  /** Lies over the lines. */
  readonly children: ReactNode;
}

/** For a search, which is outside of the pane. */
export interface PaneHandle {
  /** The first line that can be seen; null while the end is followed. */
  readonly topSequence: () => number | null;
  readonly reveal: (sequence: number) => void;
  readonly focus: () => void;
}

export function LogPane(props: LogPaneProps) {
  const { rows, marks, wrap, showTime, showInstance, opened, current, selection, onOpen, onSelect, handle } = props;
  const element = useRef<HTMLDivElement>(null);
  const box = useBox(element);
  const heights = useRowHeights({ rows, wrap, opened, width: box.width, gutter: gutterCharacters(showTime, showInstance) });
  const layout: RowLayout = heights.even ? evenLayout(rows.count) : unevenLayout(rows.count, (index) => heights.heightOf(rows.at(index)));
  const view: View = { rows, layout, height: box.height };
  const { place, scrollTop, setPlace, onScroll, onWheel } = useScrollPlace(element, view);
  const { first, end } = drawn(scrollTop, view);
  const lines = Array.from({ length: end - first }, (_, index) => rows.at(first + index)).filter((line) => line !== undefined);

  useImperativeHandle(handle, () => ({
    topSequence: () => (place.follow ? null : place.sequence),
    reveal: (sequence) => setPlace((before) => placeOfLine(sequence, before, view)),
    focus: () => element.current?.focus(),
  }));
  useLayoutEffect(() => heights.measure(element.current, lines));

  const anchor = selection?.from;
  const select = useCallback(
    (sequence: number, extend: boolean) => onSelect(extend && anchor !== undefined ? { from: anchor, to: sequence } : { from: sequence, to: sequence }),
    [anchor, onSelect],
  );

  const copy = (event: ClipboardEvent): void => {
    if (selection === null || document.getSelection()?.isCollapsed === false) return;
    event.clipboardData.setData('text/plain', selectedText(rows, selection));
    event.preventDefault();
  };

  const pressed = (event: KeyboardEvent): void => {
    if (event.key === 'a' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      const [oldest, newest] = [rows.at(0), rows.at(rows.count - 1)];
      if (oldest !== undefined && newest !== undefined) onSelect({ from: oldest.sequence, to: newest.sequence });
    } else if (event.key === 'End') setPlace(() => atEnd);
    else if (event.key === 'Escape') onSelect(null);
  };

  /** The button goes away: the keyboard goes on in the lines. */
  const toEnd = (): void => {
    setPlace(() => atEnd);
    element.current?.focus({ preventScroll: true });
  };

  const gutter = gutterCharacters(showTime, showInstance);
  const canvas = { '--log-columns': wrap ? 0 : props.longest + gutter, height: layout.total * lineHeight } as CSSProperties;
  const fresh = unseen(place, rows);

  return (
    <div className={classes.body}>
      <div
        ref={element}
        className={classes.pane}
        role="log"
        aria-live="off"
        aria-label={props.label}
        tabIndex={0}
        data-wrap={wrap || undefined}
        onScroll={onScroll}
        onWheel={onWheel}
        onCopy={copy}
        onKeyDown={pressed}
        onMouseUp={() => {
          // What a reader has selected should not be carried away by the lines that come.
          if (document.getSelection()?.isCollapsed === false) onWheel({ deltaY: -1 });
        }}
      >
        <div className={classes.canvas} style={canvas}>
          <div className={classes.drawn} style={{ transform: `translateY(${layout.offsetOf(first) * lineHeight}px)` }}>
            {lines.map((line) => (
              <LogRow
                key={line.sequence}
                line={line}
                ranges={marks?.rangesOf(line) ?? noRanges}
                showTime={showTime}
                showInstance={showInstance}
                opened={line.fields.length > 0 && (opened === 'all' || opened.has(line.sequence))}
                selected={within(selection, line.sequence)}
                current={current === line.sequence}
                onOpen={onOpen}
                onSelect={select}
              />
            ))}
          </div>
        </div>
      </div>
      {props.children}
      {!place.follow && rows.count > 0 && (
        <Button variant="default" className={classes.toEnd} size="compact-sm" leftSection={<IconArrowDown size={14} aria-hidden />} onClick={toEnd}>
          {fresh > 0 ? `${plural(fresh, 'new line')} – jump to end` : 'Jump to end'}
        </Button>
      )}
    </div>
  );
}

/** Width of what stands before a line's text; log-view.module.css has the same. */
function gutterCharacters(showTime: boolean, showInstance: boolean): number {
  return (showTime ? 13 : 0) + (showInstance ? 4 : 0) + 7;
}
