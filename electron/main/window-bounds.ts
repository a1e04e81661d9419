// Where the window was, for the next time: never smaller than it can be used, and never where no screen is any more.
import * as z from 'zod/mini';

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const size = z.int().check(z.minimum(1), z.maximum(32_768));
const place = z.int().check(z.minimum(-65_536), z.maximum(65_536));

export const windowBoundsSchema = z.readonly(z.object({ x: place, y: place, width: size, height: size, maximized: z.boolean() }));

export type WindowBounds = z.infer<typeof windowBoundsSchema>;

export const smallestWindow = { width: 720, height: 480 } as const;
const usualWindow = { width: 1280, height: 820 } as const;

export interface WindowPlace {
  readonly width: number;
  readonly height: number;
  /** null: where the system likes. */
  readonly at: { readonly x: number; readonly y: number } | null;
  readonly maximized: boolean;
}

/** `screens`: what can be used of each screen, never empty. */
export function windowPlace(last: WindowBounds | null, screens: readonly Area[]): WindowPlace {
  const screen = last === null ? undefined : screens.find((one) => overlaps(one, last));
  const room = screen ?? screens[0] ?? { x: 0, y: 0, ...usualWindow };
  const { width, height } = last ?? usualWindow;
  const fitted = { width: fit(width, smallestWindow.width, room.width), height: fit(height, smallestWindow.height, room.height) };
  if (last === null || screen === undefined) return { ...fitted, at: null, maximized: last?.maximized ?? false };
  const at = { x: fit(last.x, screen.x, screen.x + screen.width - fitted.width), y: fit(last.y, screen.y, screen.y + screen.height - fitted.height) };
  return { ...fitted, at, maximized: last.maximized };
}

function fit(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}

/** Enough of the window is on the screen that one could take hold of it. */
function overlaps(screen: Area, { x, y, width, height }: Area): boolean {
  const shownWidth = Math.min(x + width, screen.x + screen.width) - Math.max(x, screen.x);
  const shownHeight = Math.min(y + height, screen.y + screen.height) - Math.max(y, screen.y);
  return shownWidth >= 64 && shownHeight >= 32;
}
