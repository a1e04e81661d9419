// Colours that programs ask terminals for, made readable on the page: each is moved towards black or white until it stands out
// from its ground with the contrast that WCAG 2.2 (1.4.3) asks of text.
import { contrast, mix, type Colour } from './contrast.ts';

/** The ground that a log is written on: `--tspm-surface` of the theme. */
export const grounds = { light: [255, 255, 255], dark: [22, 26, 32] } as const satisfies Record<string, Colour>;

/** WCAG asks for 4.5; a marked line lies on a ground that takes some of it away. */
export const leastContrast = 5.35;

/** How a piece of text is painted: colours for both schemes, as CSS values. */
export interface Paint {
  readonly foreground: string | null;
  readonly background: string | null;
}

export function paint(foreground: Colour | null, background: Colour | null): Paint {
  if (background !== null) {
    const wanted = foreground ?? (contrast([255, 255, 255], background) >= leastContrast ? [255, 255, 255] : [0, 0, 0]);
    return { foreground: css(readable(wanted, background)), background: css(background) };
  }
  if (foreground === null) return { foreground: null, background: null };
  return { foreground: `light-dark(${css(readable(foreground, grounds.light))}, ${css(readable(foreground, grounds.dark))})`, background: null };
}

/** The nearest colour on the way to black or white, whichever is further from the ground, with enough contrast. */
export function readable(colour: Colour, ground: Colour): Colour {
  const goal: Colour = contrast([255, 255, 255], ground) > contrast([0, 0, 0], ground) ? [255, 255, 255] : [0, 0, 0];
  for (let part = 0; part < 1; part += 0.05) {
    const candidate = mix(colour, goal, part);
    if (contrast(candidate, ground) >= leastContrast) return candidate;
  }
  return goal;
}

function css([red, green, blue]: Colour): string {
  return `rgb(${red} ${green} ${blue})`;
}
