// An instance has the same colour in its log as in the charts.
import type { CSSProperties } from 'react';
import { lineColour } from '../charts/palette.ts';

export function instanceHue(instance: number): CSSProperties {
  return { color: `light-dark(${lineColour(instance, 'light')}, ${lineColour(instance, 'dark')})` };
}
