// Where a reader is in a log: at its end, or at a certain line, which stays where it is while lines come and go around it.
import type { LogRows } from './log-rows.ts';
import type { RowLayout } from './row-layout.ts';

/** Height of one line of text in pixels; `--log-line` in log-view.module.css is the same. */
export const lineHeight = 20;

/** Pixels: whoever comes so near to the end is at it. */
const nearEnd = 1.5 * lineHeight;

export type ScrollPlace =
  | { readonly follow: true }
  | {
      readonly follow: false;
      /** Of the row at the top, and how many pixels of it are above the view. */
      readonly sequence: number;
      readonly offset: number;
      /** The newest line that was there when the end was left. */
      readonly seen: number;
    };

export const atEnd: ScrollPlace = { follow: true };

export interface View {
  readonly rows: LogRows;
  readonly layout: RowLayout;
  /** Pixels that can be seen. */
  readonly height: number;
}

export function scrollTopOf(place: ScrollPlace, { rows, layout, height }: View): number {
  const furthest = Math.max(0, layout.total * lineHeight - height);
  if (place.follow) return furthest;
  return Math.max(0, Math.min(furthest, layout.offsetOf(rows.indexOf(place.sequence)) * lineHeight + place.offset));
}

/** The place of a reader who has scrolled there: whoever scrolls to the end wants to follow. */
export function placeAt(scrollTop: number, before: ScrollPlace, view: View): ScrollPlace {
  const { rows, layout, height } = view;
  if (layout.total * lineHeight - height - scrollTop < nearEnd) return atEnd;
  return leaveEnd(scrollTop, before, { rows, layout, height });
}

/** The same place, without following the end. */
export function leaveEnd(scrollTop: number, before: ScrollPlace, { rows, layout }: View): ScrollPlace {
  const index = layout.indexAt(scrollTop / lineHeight);
  return {
    follow: false,
    sequence: rows.at(index)?.sequence ?? 0,
    offset: scrollTop - layout.offsetOf(index) * lineHeight,
    seen: before.follow ? newest(rows) : before.seen,
  };
}

/** A third of the view above this line. */
export function placeOfLine(sequence: number, before: ScrollPlace, { rows, height }: View): ScrollPlace {
  return { follow: false, sequence, offset: -Math.round(height / 3), seen: before.follow ? newest(rows) : before.seen };
}

/** Lines that came since the end was left. */
export function unseen(place: ScrollPlace, rows: LogRows): number {
  return place.follow ? 0 : rows.count - rows.indexOf(place.seen + 1);
}

/** Rows to be drawn: those that can be seen, and some around them so that scrolling finds them there. */
export function drawn(scrollTop: number, { layout, height }: View): { readonly first: number; readonly end: number } {
  if (layout.count === 0) return { first: 0, end: 0 };
  const around = 8;
  return {
    first: layout.indexAt(scrollTop / lineHeight - around),
    end: layout.indexAt((scrollTop + height) / lineHeight + around) + 1,
  };
}

function newest(rows: LogRows): number {
  return rows.at(rows.count - 1)?.sequence ?? -1;
}
