// One line of a log: when, which instance, which stream, and what it says, in its own colours.
import { memo, type CSSProperties } from 'react';
import { instanceHue } from './instance-hue.ts';
import type { LogLine } from './log-line.ts';
import type { TextRange } from './find-ranges.ts';
import { highlighted, segmentsOf, type Segment } from './segments.ts';
import { millisecondOfDay } from '../time-of-day.ts';
import classes from './log-view.module.css';

export interface LogRowProps {
  readonly line: LogLine;
  /** What a search has found in it. */
  readonly ranges: readonly TextRange[];
  readonly showTime: boolean;
  readonly showInstance: boolean;
  readonly opened: boolean;
  readonly selected: boolean;
  /** The match that the search is at. */
  readonly current: boolean;
  readonly onOpen: (sequence: number) => void;
  readonly onSelect: (sequence: number, extend: boolean) => void;
}

export const LogRow = memo(function LogRow({ line, ranges, showTime, showInstance, opened, selected, current, onOpen, onSelect }: LogRowProps) {
  const segments = highlighted(segmentsOf(line), ranges);
  const message = opened ? segments.filter(({ part }) => part === 'message') : segments;
  return (
    <div className={classes.row} data-sequence={line.sequence} data-stream={line.stream} data-selected={selected || undefined} data-current={current || undefined}>
      <div className={classes.gutter} onClick={(event) => onSelect(line.sequence, event.shiftKey)}>
        {showTime && <span className={classes.time}>{line.time === null ? '' : millisecondOfDay(line.time)}</span>}
        {showInstance && (
          <span className={classes.instance} style={instanceHue(line.instance)}>
            {line.instance}
          </span>
        )}
        <span className={classes.stream}>{line.stream === 'err' ? 'err' : ''}</span>
        {line.fields.length > 0 ? (
          <button
            type="button"
            tabIndex={-1}
            className={classes.opener}
            aria-expanded={opened}
            aria-label="Fields"
            onClick={(event) => {
              event.stopPropagation();
              onOpen(line.sequence);
            }}
          />
        ) : (
          <span className={classes.opener} />
        )}
      </div>
      <div className={classes.text}>
        {message.map((segment, index) => (
          // Pieces of one line never change places.
          // eslint-disable-next-line react/no-array-index-key
          <Piece key={index} segment={segment} />
        ))}
        {opened &&
          line.fields.map(({ name, value }) => (
            <div key={name} className={classes.field}>
              <span className={classes.fieldName}>{name}</span>
              <span>{value}</span>
            </div>
          ))}
      </div>
    </div>
  );
});

function Piece({ segment }: { readonly segment: Segment }) {
  if (segment.found !== null) return <mark className={classes.found}>{segment.text}</mark>;
  const className = [
    segment.part === 'message' ? '' : segment.part === 'field-name' ? classes.fieldKey : classes.fieldValue,
    ...segment.decorations.map((decoration) => classes[decoration] ?? ''),
  ].join(' ').trim();
  if (className === '' && segment.foreground === null && segment.background === null) return segment.text;
  const style: CSSProperties = {};
  if (segment.foreground !== null) style.color = segment.foreground;
  if (segment.background !== null) style.backgroundColor = segment.background;
  return (
    <span className={className === '' ? undefined : className} style={style}>
      {segment.text}
    </span>
  );
}
