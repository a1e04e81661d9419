// How far two colours are apart to the eye, by the definitions of WCAG 2.2.

/** Red, green and blue in sRGB, each from 0 to 255. */
export type Colour = readonly [red: number, green: number, blue: number];

/** From 1 (the same) to 21 (black on white). */
export function contrast(one: Colour, other: Colour): number {
  const [lighter, darker] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return ((lighter ?? 0) + 0.05) / ((darker ?? 0) + 0.05);
}

/** `part` 0 is the first colour, 1 the second. */
export function mix(one: Colour, other: Colour, part: number): Colour {
  const between = (from: number, to: number): number => Math.round(from + (to - from) * part);
  return [between(one[0], other[0]), between(one[1], other[1]), between(one[2], other[2])];
}

function luminance([red, green, blue]: Colour): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function linear(channel: number): number {
  const part = channel / 255;
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}
