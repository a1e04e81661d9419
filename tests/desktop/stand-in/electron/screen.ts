// screen of the stand-in: one display, as there is none.
import { EventEmitter } from 'node:events';
import type { Display, Rectangle, Screen } from 'electron';
import { withoutTheRest } from '../values/without-the-rest.ts';

const bounds: Rectangle = { x: 0, y: 0, width: 1920, height: 1080 };
const workArea: Rectangle = { ...bounds, height: 1040 };
/** Electron's has forty fields more, which throw when they are touched. */
const display: Display = withoutTheRest('Display', { id: 1, bounds, workArea, scaleFactor: 1, size: bounds, workAreaSize: workArea } satisfies Partial<Display> as Partial<Display> as Display);

const part = {
  getAllDisplays: () => [display],
  getPrimaryDisplay: () => display,
  getDisplayMatching: () => display,
  getDisplayNearestPoint: () => display,
} satisfies Partial<Screen>;

export const screen = withoutTheRest('screen', Object.assign(new EventEmitter(), part));
