// Keeps the scrolled element and the reader's place in step: the place decides, and the reader's own scrolling changes the place.
import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { atEnd, leaveEnd, placeAt, scrollTopOf, type ScrollPlace, type View } from './scroll-place.ts';

export interface Scrolling {
  readonly place: ScrollPlace;
  readonly scrollTop: number;
  readonly setPlace: (change: (before: ScrollPlace) => ScrollPlace) => void;
  readonly onScroll: () => void;
  /** Before the reader's wheel has moved anything: lines that come meanwhile neither pull the view down again nor run away from it. */
  readonly onWheel: (event: { readonly deltaY: number }) => void;
}

export function useScrollPlace(element: RefObject<HTMLElement | null>, view: View): Scrolling {
  const [place, setPlace] = useState<ScrollPlace>(atEnd);
  const scrollTop = scrollTopOf(place, view);
  /** Where it was put, to tell the reader's scrolling from ours. */
  const put = useRef(0);

  useLayoutEffect(() => {
    const scrolled = element.current;
    if (scrolled === null) return;
    const furthest = scrolled.scrollHeight - scrolled.clientHeight;
    // The reader has scrolled a moment ago, and the event that tells it is still to come.
    if (Math.abs(scrolled.scrollTop - Math.min(put.current, furthest)) > 1) return;
    if (Math.abs(scrolled.scrollTop - scrollTop) >= 1) scrolled.scrollTop = scrollTop;
    put.current = scrolled.scrollTop;
  });

  const onScroll = useCallback(() => {
    const scrolled = element.current;
    if (scrolled === null || Math.abs(scrolled.scrollTop - put.current) <= 1) return;
    const { scrollTop: top, clientHeight } = scrolled;
    put.current = top;
    // A view that has just grown moves what is in it, before its new height is known here.
    setPlace((before) => placeAt(top, before, { ...view, height: clientHeight }));
  }, [element, view]);

  const onWheel = useCallback(
    ({ deltaY }: { readonly deltaY: number }) => {
      const top = element.current?.scrollTop ?? 0;
      if (deltaY < 0 && top > 0) setPlace((before) => (before.follow ? leaveEnd(top, before, view) : before));
      else if (deltaY > 0) setPlace((before) => (before.follow ? before : placeAt(top + deltaY, before, view).follow ? atEnd : before));
    },
    [element, view],
  );

  return { place, scrollTop, setPlace, onScroll, onWheel };
}
