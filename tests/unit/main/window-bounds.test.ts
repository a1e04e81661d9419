import { describe, expect, it } from 'vitest';
import { windowPlace, type WindowBounds } from '../../../electron/main/window-bounds.ts';

const screen = { x: 0, y: 0, width: 1920, height: 1040 };
const second = { x: 1920, y: 0, width: 1280, height: 1024 };
const last = (own: Partial<WindowBounds>): WindowBounds => ({ x: 100, y: 50, width: 1000, height: 700, maximized: false, ...own });

describe('the place of the window', () => {
  it('is the usual one at first, where the system likes', () => expect(windowPlace(null, [screen])).toEqual({ width: 1280, height: 820, at: null, maximized: false }));

  it('is where it was, on any screen', () => {
    expect(windowPlace(last({}), [screen])).toEqual({ width: 1000, height: 700, at: { x: 100, y: 50 }, maximized: false });
    expect(windowPlace(last({ x: 2000, maximized: true }), [screen, second])).toEqual({ width: 1000, height: 700, at: { x: 2000, y: 50 }, maximized: true });
  });

  it('is left to the system when its screen is gone', () => expect(windowPlace(last({ x: 2000 }), [screen])).toMatchObject({ at: null, width: 1000 }));

  it('is moved and shrunk until all of it can be reached', () => {
    expect(windowPlace(last({ x: 1800, y: -20 }), [screen])).toMatchObject({ at: { x: 920, y: 0 } });
    expect(windowPlace(last({ width: 5000, height: 5000 }), [screen])).toMatchObject({ width: 1920, height: 1040, at: { x: 0, y: 0 } });
    expect(windowPlace(last({ width: 10, height: 10, x: 200 }), [screen])).toMatchObject({ width: 720, height: 480 });
  });
});
