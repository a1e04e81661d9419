// A piece of a chart's line: shows which instance it is, wherever that is named.
import { dashOf } from './line-look.ts';
import { lineColour } from './palette.ts';

export function LineSwatch({ colour }: { readonly colour: number }) {
  return (
    <svg width="16" height="8" viewBox="0 0 16 8" aria-hidden="true" style={{ flex: 'none' }}>
      <line
        x1="0"
        x2="16"
        y1="4"
        y2="4"
        strokeWidth="2.5"
        strokeDasharray={dashOf(colour)?.join(' ')}
        style={{ stroke: `light-dark(${lineColour(colour, 'light')}, ${lineColour(colour, 'dark')})` }}
      />
    </svg>
  );
}
